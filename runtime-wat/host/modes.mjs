// Which methods run translated and which in the interpreter: rules by name or by a seed, given to the
// module before the start or between two time slices (runtime-wat/modes.wat).
import { decode } from './transfer.mjs';

const kAllParts = -1;
const kNoPart = 0;
const kNamePointer = 0;

// The names of the translated methods, 'Class>>selector', by method id.
export function methodNames(exports, transfer) {
  return Array.from({ length: exports.methodCount() }, (_, id) =>
    decode(transfer.bytes(kNamePointer, exports.methodName(id))));
}

// * stands for any text, ? for one character, as in `stwasm methods`.
export function patternMatcher(pattern) {
  const text = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]');
  const expression = new RegExp(`^${text}$`);
  return (name) => expression.test(name);
}

// FNV-1a with a final mix: the same half for the same seed and names, whatever else is in the build.
export function seededBit(seed, name) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed}:${name}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) & 1;
}

// A rule is { mode: 'interpret' | 'translate', pattern } or { mode: 'mixed', seed }; later ones win.
// Answers for each name whether it runs translated, and the rules that met no method.
export function decideModes(names, rules) {
  const translated = names.map(() => true);
  const unused = [];
  for (const rule of rules) {
    const matches = rule.mode === 'mixed' ? () => true : patternMatcher(rule.pattern);
    let count = 0;
    names.forEach((name, id) => {
      if (!matches(name)) return;
      count++;
      translated[id] = rule.mode === 'mixed' ? seededBit(rule.seed, name) === 1 : rule.mode === 'translate';
    });
    if (count === 0) unused.push(rule);
  }
  return { translated, unused };
}

// translated[id]: a boolean, or a number whose bits are the parts of the method that run translated.
export function switchMethods(exports, translated) {
  translated.forEach((parts, id) => {
    exports.switchMethod(id, typeof parts === 'number' ? parts : parts ? kAllParts : kNoPart);
  });
  exports.modesChanged();
}

// The whole of --interpret, --translate and --mixed: between loading the heap and the start.
export function applyRules(exports, transfer, rules, report) {
  const { translated, unused } = decideModes(methodNames(exports, transfer), rules);
  for (const { mode, pattern } of unused) report(`--${mode}: no translated method is named like '${pattern}'`);
  switchMethods(exports, translated);
}
