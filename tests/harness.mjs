// A few lines of test harness for tests written in JavaScript: named tests that run in order, a
// closing line that tools/test adds up. Uses nothing but Node.
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';

const counts = { passed: 0, failed: 0, skipped: 0 };

export { deepStrictEqual as equalDeep, ok, strictEqual as equal };

// Runs `body` at once (it may be async); a thrown error fails the test and is shown.
export async function test(name, body) {
  try {
    await body();
    counts.passed++;
  } catch (error) {
    counts.failed++;
    console.log(`FAILED ${name}\n${String(error.stack ?? error).replace(/^/gm, '    ')}`);
  }
}

// Says why a test cannot run here.
export function skip(name, reason) {
  counts.skipped++;
  console.log(`skipped ${name}: ${reason}`);
}

// Prints the closing line and sets the exit code.
export function finish() {
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

export function contains(text, part) {
  ok(text.includes(part), `'${part}' expected in:\n${text}`);
}

// The error with which a promise is rejected; everything else must not happen.
export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('an error was expected');
}
