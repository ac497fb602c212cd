// The benchmarks in JavaScript: node harness.mjs [NAME|all [ROUNDS]]. Prints what the Smalltalk ones print.
const kNames = ['Bounce', 'CD', 'DeltaBlue', 'Havlak', 'Json', 'List', 'Mandelbrot', 'NBody', 'Permute', 'Queens', 'Richards',
  'Sieve', 'Storage', 'Towers'];

const fileOf = (name) => `./${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()}.mjs`;

// The microseconds of each round.
export async function run(name, rounds) {
  if (!kNames.includes(name)) throw new Error(`there is no benchmark ${name}`);
  const { benchmark, verify } = await import(fileOf(name));
  return Array.from({ length: rounds }, () => {
    const started = performance.now();
    const result = benchmark();
    const elapsed = performance.now() - started;
    if (!verify(result)) throw new Error(`${name} came to a wrong result: ${result}`);
    return elapsed * 1000;
  });
}

export { kNames as names };

if (import.meta.main) {
  const [name = 'all', rounds = '1'] = globalThis.process.argv.slice(2);
  for (const each of name === 'all' ? kNames : [name]) {
    const times = await run(each, Number(rounds));
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    console.log(`${each.padEnd(12)}${rounds} rounds, fastest ${Math.min(...times).toFixed(0)} us, mean ${mean.toFixed(0)} us`);
  }
}
