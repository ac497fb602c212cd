// Figures of repeated measurements, and their comparison.

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function geometricMean(numbers) {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}

// { min, median, max } of the rounds.
export function summary(rounds) {
  return { min: Math.min(...rounds), median: median(rounds), max: Math.max(...rounds) };
}

// Three significant digits, so that columns of milliseconds and of seconds are both readable.
export function digits(number) {
  if (number >= 100) return number.toFixed(0);
  if (number >= 10) return number.toFixed(1);
  return number >= 1 ? number.toFixed(2) : number.toFixed(3);
}
