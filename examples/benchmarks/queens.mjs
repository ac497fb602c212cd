// Places eight queens on a chess board so that none threatens another, ten times. Two fields lie on one diagonal if row plus
// column, or row minus column, is the same.
class Board {
  freeRows = new Array(8).fill(true);
  freeSums = new Array(16).fill(true);
  freeDifferences = new Array(16).fill(true);
  queens = new Array(8).fill(0);

  placeFrom(column) {
    for (let row = 0; row < 8; row++) {
      if (!this.isFree(row, column)) continue;
      this.queens[column] = row;
      this.set(row, column, false);
      if (column === 7 || this.placeFrom(column + 1)) return true;
      this.set(row, column, true);
    }
    return false;
  }

  isFree(row, column) {
    return this.freeRows[row] && this.freeSums[row + column] && this.freeDifferences[row - column + 7];
  }

  set(row, column, free) {
    this.freeRows[row] = free;
    this.freeSums[row + column] = free;
    this.freeDifferences[row - column + 7] = free;
  }
}

export function benchmark() {
  return Array.from({ length: 10 }, () => {
    const board = new Board();
    board.placeFrom(0);
    return board.queens;
  });
}

const differ = (numbers) => new Set(numbers).size === 8;

export const verify = (result) => result.every((rows) => differ(rows) &&
  differ(rows.map((row, column) => row + column)) && differ(rows.map((row, column) => row - column)));
