// The tables of tools/bench, for a terminal or as Markdown.
import { digits, geometricMean } from './summary.mjs';

const widths = (rows) => rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));

function print(rows, markdown) {
  const width = widths(rows);
  const line = (row, fill = ' ') => row.map((cell, column) =>
    (column === 0 ? cell.padEnd(width[column], fill) : cell.padStart(width[column], fill)));
  const [header, ...body] = rows;
  if (!markdown) {
    for (const row of rows) console.log(line(row).join('  ').trimEnd());
    return;
  }
  console.log(`| ${line(header).join(' | ')} |`);
  console.log(`|${header.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`);
  for (const row of body) console.log(`| ${line(row).join(' | ')} |`);
}

function cell(result) {
  if (!result) return '';
  if (result.error) return 'failed';
  const { min, median, max } = result.cpu;
  return `${digits(median)} (${digits(min)}–${digits(max)})`;
}

const ratio = (numerator, denominator) =>
  (numerator > 0 && denominator > 0 ? numerator / denominator : Number.NaN);
const ratioCell = (number) => (Number.isNaN(number) ? '' : number.toFixed(2));

// The least of the rounds of a variant, in CPU milliseconds.
const least = (row, engine, variant) => row.results[`${variant}, ${engine}`]?.cpu?.min ?? Number.NaN;

// The fastest code that there is for the program: built for its profile, where that was measured.
function best(row, engine) {
  const profiled = least(row, engine, 'profiled');
  return Number.isNaN(profiled) ? least(row, engine, 'translated') : profiled;
}

// What is told of each benchmark beside its times: the heading, the number, what it means.
const kRatios = [
  {
    heading: '/ interpreter',
    number: (row, engine) => ratio(least(row, engine, 'interpreted'), best(row, engine)),
    legend: 'how many times as long the runtime\'s interpreter takes',
  },
  {
    heading: '/ JavaScript',
    number: (row, engine) => ratio(best(row, engine), least(row, engine, 'JavaScript')),
    legend: 'how many times as long as the same program in JavaScript the translated one takes (target: 1.3)',
  },
  {
    heading: 'JIT /',
    number: (row, engine) => (engine === 'V8' ? ratio(row.reference, best(row, engine)) : Number.NaN),
    legend: 'how many times as fast as the reference JIT the translated code is (target: 1.5, none below 0.5)',
  },
];

const kVariants = ['translated', 'profiled', 'interpreted', 'JavaScript'];

function printEngine(title, rows, engine, markdown) {
  const variants = kVariants.filter((variant) => rows.some((row) => row.results[`${variant}, ${engine}`]));
  const columns = kRatios.map(({ heading, number, legend }) => ({ heading, legend, numbers: rows.map((row) => number(row, engine)) }))
    .filter(({ numbers }) => numbers.some((number) => !Number.isNaN(number)));
  console.log(`\n${title} in ${engine}: CPU milliseconds, median of the rounds (least–most); ratios of the least\n`);
  print([
    ['', ...variants, ...columns.map(({ heading }) => heading)],
    ...rows.map((row, i) =>
      [row.name, ...variants.map((variant) => cell(row.results[`${variant}, ${engine}`])), ...columns.map(({ numbers }) => ratioCell(numbers[i]))]),
    ['geometric mean', ...variants.map(() => ''),
      ...columns.map(({ numbers }) => ratioCell(geometricMean(numbers.filter((number) => !Number.isNaN(number)))))],
  ], markdown);
  console.log(`\n${columns.map(({ heading, legend }) => `${heading}: ${legend}`).join(markdown ? '\\\n' : '\n')}`);
}

// rows: [{ name, reference, results: { 'translated, V8': { cpu, wall } } }]
export function printSet(title, rows, engines, markdown) {
  for (const engine of engines) printEngine(title, rows, engine, markdown);
}

// Each measurement that both runs have: the least CPU time before and now.
export function printComparison(before, now, markdown) {
  const rows = [];
  for (const [key, result] of Object.entries(now)) {
    const old = before[key];
    if (!old?.cpu || !result.cpu) continue;
    rows.push([key, digits(old.cpu.min), digits(result.cpu.min), (old.cpu.min / result.cpu.min).toFixed(2)]);
  }
  if (rows.length === 0) {
    console.log('\nnothing to compare: the two runs have no measurement in common');
    return;
  }
  const mean = geometricMean(rows.map((row) => Number(row[3])));
  console.log('\nbeside the older run: least CPU milliseconds, and how many times as fast it is now\n');
  print([['', 'before', 'now', 'speed-up'], ...rows, ['geometric mean', '', '', mean.toFixed(2)]], markdown);
}
