// Counts the prime numbers up to 5000 with the sieve of Eratosthenes.
export function benchmark() {
  const isPrime = new Array(5001).fill(true);
  let count = 0;
  for (let number = 2; number <= 5000; number++) {
    if (!isPrime[number]) continue;
    count++;
    for (let multiple = number + number; multiple <= 5000; multiple += number) isPrime[multiple] = false;
  }
  return count;
}

export const verify = (result) => result === 669;
