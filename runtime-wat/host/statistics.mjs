// The counts that the module keeps of its primitives (--stats), as a report for a person.

export class Statistics {
  constructor(exports, transfer) {
    this.exports = exports;
    this.transfer = transfer;
    exports.counting.value = 1;
  }

  report() {
    return '';
  }
}
