// What is made of V8's samples and of a module's counts, without an image.
import { contains, equal, equalDeep, finish, ok, test } from '../harness.mjs';
import { parseCodeNames, profileText } from '../../runtime-wat/host/profile_counts.mjs';
import { profileReport, profileTables, reportPage, reportText } from '../../runtime-wat/host/profile_report.mjs';
import { timesOf } from '../../runtime-wat/host/profile_times.mjs';

// A profile as V8 tells it: nodes as [name, url, children], each sampled once for so many microseconds.
function sampled(root, microseconds) {
  const nodes = [];
  const enter = ([functionName, url, ...children]) => {
    const node = { id: nodes.length + 1, callFrame: { functionName, url } };
    nodes.push(node);
    node.children = children.map(enter);
    return node.id;
  };
  enter(root);
  const samples = nodes.slice(1).map(({ id }) => id);
  return { nodes, samples, timeDeltas: samples.map(() => microseconds) };
}

const kWasm = 'wasm://wasm/12ab';
const profile = sampled(['(root)', '',
  ['(idle)', ''],
  ['post', 'node:inspector'],
  ['main', 'file:///out/machine.mjs',
    ['Integer.class>>new@loop17', kWasm,
      ['count_send', kWasm, ['send_site', kWasm]],
      ['Integer.class>>new', kWasm, ['class_index_of', kWasm]]],
    ['interpret', kWasm]],
  ['(garbage collector)', '']], 2000);

await test('samples become a tree without counting, idling and the sampler', () => {
  const { tree, counting } = timesOf(profile);
  equal(counting, 4);
  equal(tree.total, 12);
  const [main, collector] = tree.children;
  equalDeep([main.name, main.kind, main.self, main.total], ['main', 'host', 2, 10]);
  equalDeep([collector.name, collector.kind, collector.total], ['(garbage collector)', 'collector', 2]);
  equalDeep(main.children.map(({ name, kind, total }) => [name, kind, total]),
    [['Integer class>>new', 'Smalltalk', 6], ['interpret', 'interpreter', 2]]);
  equal(main.children[0].children[0].children[0].kind, 'runtime');
});

await test('a function that calls itself counts once in its total time', () => {
  const byName = new Map(timesOf(profile).functions.map((entry) => [entry.name, entry]));
  equalDeep([byName.get('Integer class>>new').self, byName.get('Integer class>>new').total], [4, 6]);
  equal(byName.get('main').total, 10);
  ok(!byName.has('count_send') && !byName.has('send_site') && !byName.has('(idle)') && !byName.has('post'));
});

const method = {
  hash: '00ff', name: 'Foo>>bar', firstPc: 13, bytecodes: 9, interpreted: 4,
  activations: [{ pc: 13, count: 2 }, { pc: 20, count: 3 }],
  sends: [{ pc: 15, selector: 'do:', count: 20, misses: 1,
    receivers: [{ className: 'Array', count: 18 }, { className: 'A\nB', count: 1 }],
    blocks: [{ hash: '0a', name: 'Foo>>bar', pc: 20, count: 3 }, { hash: null, name: 'UndefinedObject>>DoIt', pc: 9, count: 1 }] }],
  jumps: [{ pc: 14, taken: 1, notTaken: 1 }],
  captures: [{ pc: 16, reason: 'a poll: timers, signals, the end of a time slice', count: 2 }],
};
const nameless = { ...method, hash: null, name: 'UndefinedObject>>DoIt' };

await test('a profile file has what a later build can find, in the order of pcs', () => {
  equal(profileText([method, nameless]), [
    'stwasm-profile 1', 'code 00ff Foo>>bar', 'bytecodes 9', 'activation 13 2', 'activation 20 3', 'jump 14 1 1',
    'send 15 20 do:', '  receiver 18 Array', '  receiver 1 A\\x0aB', '  block 3 20 Foo>>bar', 'end', ''].join('\n'));
});

await test('code that is installed nowhere has no name in the table', () => {
  equalDeep(parseCodeNames('00ff\tFoo>>bar\n\n0a\tFoo>>bar [block 3]\n'),
    [{ hash: '00ff', name: 'Foo>>bar' }, null, { hash: '0a', name: 'Foo>>bar [block 3]' }]);
});

const counts = { methods: [method], allocations: [{ className: 'Float', count: 7 }], capturedFrames: 5 };
const primitives = { called: [{ name: '60', calls: 4, failures: 1 }], missing: [] };
const report = profileReport('test', counts, primitives, timesOf(profile));

await test('a report sums up', () => {
  equalDeep(report.totals, { bytecodes: 9, interpretedBytecodes: 4, methodActivations: 2, blockActivations: 3, sends: 20,
    cacheMisses: 1, jumps: 2, primitiveCalls: 4, primitiveFailures: 1, captures: 2, capturedFrames: 5, allocations: 7, sampledMilliseconds: 12,
    countingMilliseconds: 4 });
  const rows = Object.fromEntries(profileTables(report).map(({ title, rows: all }) => [title, all]));
  equalDeep(rows['Sends by site'], [[20, 19, 1, 'do:', 'Foo>>bar 15', 'Array 18, A\nB 1, others 1']]);
  equalDeep(rows['Methods in the interpreter'], [[2, 100, 4, 'Foo>>bar']]);
  equalDeep(rows['Captures by reason'], [[2, 'a poll: timers, signals, the end of a time slice']]);
  contains(reportText(report), '\nAllocations by class\ninstances  class\n        7  Float\n');
});

await test('names cannot end the script of the page', () => {
  const page = reportPage({ ...report, program: '</script><b>' }, '<script>const data = "@DATA@";</script>');
  equal(page.match(/<\/script>/g).length, 1);
  equal(JSON.parse(/data = (.*);<\/script>/.exec(page)[1]).program, '</script><b>');
});

finish();
