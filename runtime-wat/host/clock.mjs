// Time and mathematics as the module imports them.

const kSecondsFrom1901To1970 = 2177452800;
const kMicrosecondsFrom1901 = BigInt(kSecondsFrom1901To1970) * 1000000n;

// performance.now() is finer than Date.now() but does not follow changes of the machine's clock.
function microsecondsSince1970() {
  const wall = Date.now();
  const fine = performance.timeOrigin + performance.now();
  return Math.floor((Math.abs(fine - wall) < 20 ? fine : wall) * 1000);
}

const localOffsetSeconds = (date = new Date()) => -60 * date.getTimezoneOffset();

// Smalltalk's seconds for a file's time: local time since 1901.
export function secondsSince1901(milliseconds) {
  const date = new Date(milliseconds);
  return Math.floor(milliseconds / 1000) + kSecondsFrom1901To1970 + localOffsetSeconds(date);
}

export function clockImports() {
  const { sin, cos, tan, asin, acos, atan, atan2, exp, log, log10, pow } = Math;
  return {
    utcMicroseconds: () => BigInt(microsecondsSince1970()) + kMicrosecondsFrom1901,
    localOffsetSeconds: () => localOffsetSeconds(),
    milliseconds: () => performance.now(),
    randomSeed: () => (Math.random() * 2 ** 32) | 0,
    sin, cos, tan, asin, acos, atan, atan2, exp, log, log10, pow,
  };
}
