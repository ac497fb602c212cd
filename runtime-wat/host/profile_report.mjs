// The report of a run in an instrumented build: one object for JSON, tables for people, a page with a flame graph.
import { kCaptureReasons } from './profile_counts.mjs';

const kRows = 20;       // of each table on the terminal
const kReceivers = 3;   // of a send's classes

const sum = (rows, value) => rows.reduce((total, row) => total + value(row), 0);

function totalsOf({ methods, allocations, capturedFrames }, primitives, times) {
  const sends = methods.flatMap((method) => method.sends);
  const jumps = methods.flatMap((method) => method.jumps);
  const isBlock = (method, { pc }) => pc !== method.firstPc || method.name.includes('[block ');
  const activations = (wanted) => sum(methods, (method) =>
    sum(method.activations.filter((entry) => isBlock(method, entry) === wanted), ({ count }) => count));
  return {
    bytecodes: sum(methods, ({ bytecodes }) => bytecodes),
    interpretedBytecodes: sum(methods, ({ interpreted }) => interpreted),
    methodActivations: activations(false),
    blockActivations: activations(true),
    sends: sum(sends, ({ count }) => count),
    cacheMisses: sum(sends, ({ misses }) => misses),
    jumps: sum(jumps, ({ taken, notTaken }) => taken + notTaken),
    primitiveCalls: sum(primitives.called, ({ calls }) => calls),
    primitiveFailures: sum(primitives.called, ({ failures }) => failures),
    captures: sum(methods, (method) => sum(method.captures, ({ count }) => count)),
    capturedFrames,
    allocations: sum(allocations, ({ count }) => count),
    sampledMilliseconds: times.tree.total,
    countingMilliseconds: times.counting,
  };
}

// counts: of ProfileCounts; primitives: of Statistics; times: of timesOf.
export function profileReport(program, counts, primitives, times) {
  const sites = counts.methods.flatMap(({ name, sends }) => sends.map((send) => ({ method: name, ...send })));
  const captures = counts.methods.flatMap(({ name, captures: own }) => own.map((capture) => ({ method: name, ...capture })));
  return {
    version: 1,
    program,
    totals: totalsOf(counts, primitives, times),
    methods: counts.methods.map(({ name, bytecodes, interpreted, activations, jumps }) =>
      ({ name, bytecodes, interpreted, activations, jumps })),
    sends: sites.map(({ receivers, blocks, ...site }) => ({ ...site, hits: site.count - site.misses,
      receivers, blocks: blocks.map(({ name, pc, count }) => ({ name, pc, count })) })),
    primitives: primitives.called,
    missingPrimitives: primitives.missing,
    captures,
    allocations: counts.allocations,
    functions: times.functions,
    calls: times.tree,
  };
}

const most = (key) => (first, second) => second[key] - first[key];

function receiversText({ receivers, count }) {
  const shown = receivers.slice(0, kReceivers).map((receiver) => `${receiver.className} ${receiver.count}`);
  const rest = count - sum(receivers.slice(0, kReceivers), (receiver) => receiver.count);
  return [...shown, ...(rest > 0 ? [`others ${rest}`] : [])].join(', ');
}

function activationsOf({ activations }) {
  return activations.length > 0 ? activations[0].count : 0;
}

// The sampler sees the interpreter, not whose bytecodes it executes: its own time, in proportion to these.
function interpretedRows({ methods, functions, totals }) {
  const time = sum(functions.filter(({ kind }) => kind === 'interpreter'), ({ self }) => self);
  return methods.filter(({ interpreted }) => interpreted > 0).sort(most('interpreted')).map(({ name, interpreted }) => {
    const share = interpreted / totals.interpretedBytecodes;
    return [Number((share * time).toFixed(1)), Number((share * 100).toFixed(1)), interpreted, name];
  });
}

// Each table: title, columns, rows; whole, for the page. Numbers are counts or milliseconds.
export function profileTables(report) {
  const ms = (value) => Number(value.toFixed(1));
  const place = ({ method, pc }) => `${method} ${pc}`;
  const reasons = kCaptureReasons.map((reason) => [
    sum(report.captures.filter((capture) => capture.reason === reason), ({ count }) => count), reason])
    .filter(([count]) => count > 0).sort((first, second) => second[0] - first[0]);
  return [
    { title: 'Functions by time', columns: ['self ms', 'total ms', 'kind', 'function'],
      rows: report.functions.map(({ self, total, kind, name }) => [ms(self), ms(total), kind, name]) },
    { title: 'Methods in the interpreter', columns: ['about ms', '%', 'bytecodes', 'method'], rows: interpretedRows(report) },
    { title: 'Methods by bytecodes', columns: ['bytecodes', 'activations', 'method'],
      rows: [...report.methods].sort(most('bytecodes')).map((method) => [method.bytecodes, activationsOf(method), method.name]) },
    { title: 'Sends by site', columns: ['sends', 'hits', 'misses', 'selector', 'method, pc', 'receivers'],
      rows: [...report.sends].sort(most('count'))
        .map((site) => [site.count, site.hits, site.misses, site.selector, place(site), receiversText(site)]) },
    { title: 'Cache misses by site', columns: ['misses', 'sends', 'selector', 'method, pc', 'receivers'],
      rows: report.sends.filter(({ misses }) => misses > 0).sort(most('misses'))
        .map((site) => [site.misses, site.count, site.selector, place(site), receiversText(site)]) },
    { title: 'Primitives called', columns: ['calls', 'failures', 'primitive'],
      rows: report.primitives.map(({ calls, failures, name }) => [calls, failures, name]) },
    { title: 'Primitives missing', columns: ['calls', 'primitive'],
      rows: report.missingPrimitives.map(({ calls, name }) => [calls, name]) },
    { title: 'Captures by reason', columns: ['captures', 'reason'], rows: reasons },
    { title: 'Captures by place', columns: ['captures', 'method, pc', 'reason'],
      rows: [...report.captures].sort(most('count')).map((capture) => [capture.count, place(capture), capture.reason]) },
    { title: 'Allocations by class', columns: ['instances', 'class'],
      rows: report.allocations.map(({ count, className }) => [count, className]) },
  ];
}

export function totalsText({ totals }) {
  const number = (value) => value.toLocaleString('en-US');
  return [
    `${number(totals.bytecodes)} bytecodes (${number(totals.interpretedBytecodes)} interpreted), `
      + `${number(totals.methodActivations)} activations of methods, `
      + `${number(totals.blockActivations)} of blocks`,
    `${number(totals.sends)} sends, ${number(totals.cacheMisses)} cache misses; `
      + `${number(totals.primitiveCalls)} calls of primitives, ${number(totals.primitiveFailures)} failed`,
    `${number(totals.captures)} captures of ${number(totals.capturedFrames)} frames; `
      + `${number(totals.allocations)} objects made`,
    `${number(Math.round(totals.sampledMilliseconds))} ms sampled, without ${number(Math.round(totals.countingMilliseconds))} ms `
      + 'that counting took',
  ];
}

function tableText({ title, columns, rows }) {
  if (rows.length === 0) return [`${title}: none`];
  const shown = rows.slice(0, kRows).map((row) => row.map(String));
  const isNumber = columns.map((_, column) => typeof rows[0][column] === 'number');
  const widths = columns.map((name, column) => Math.max(name.length, ...shown.map((row) => row[column].length)));
  const line = (cells) => cells.map((cell, column) =>
    isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join('  ').trimEnd();
  const more = rows.length > shown.length ? [`(${rows.length - shown.length} more)`] : [];
  return [title, line(columns), ...shown.map(line), ...more];
}

export function reportText(report) {
  return [...totalsText(report), ...profileTables(report).flatMap((table) => ['', ...tableText(table)]), ''].join('\n');
}

// The page is complete in itself; `template` is profile_report.html.
export function reportPage(report, template) {
  const data = { program: report.program, totals: totalsText(report), calls: report.calls, tables: profileTables(report) };
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return template.replace('"@DATA@"', () => json);
}
