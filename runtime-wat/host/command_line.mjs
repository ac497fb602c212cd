// The command line of a built folder: options, what is printed, exit codes. Only for Node.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DiskFolder } from './disk_folder.mjs';
import { describeTrap, HostError, kExitUsage } from './errors.mjs';
import { Machine } from './machine.mjs';
import { stackText } from './stack_trace.mjs';

const kHelp = `usage: node stwasm.mjs run [options] [-- image arguments]
       node stwasm.mjs profile --output FILE [options of run] [-- image arguments]
       node stwasm.mjs verify --eval EXPRESSION | --script FILE
       node stwasm.mjs serve [--port N] [--address A]

Starts the translated image of this folder as its virtual machine would: its saved process resumes
and its start-up list runs. With verify, a program runs twice, in the interpreter and translated; values,
output and all objects are compared after each of its statements. With profile, an instrumented folder runs and
what it counted is written for \`stwasm build --profile\`. With serve, the folder is served to browsers on
this machine (port 8080, address 127.0.0.1, unless told otherwise) until the process is ended.

options
  -e, --eval EXPRESSION  evaluate with the image's own Compiler, print the printString of the value as
                         the last line of standard output, and exit; an unhandled error is printed on
                         standard error, the exit code is 1 then
      --script FILE      the same with the text of a file: prints the value of its last statement
      --files DIR        the image's folder /image is the folder DIR: the image reads, writes and saves
                         itself there and nowhere else. Without it, the image writes to memory only, and may read
                         the files that the image arguments name
      --network ORIGINS  what the image may reach, separated by commas: 'wss://example.org:8080', or '*.example.org'
      --screenshot FILE  write the image's Display to a PNG file after --seconds, and exit
      --seconds NUMBER   how long the image runs before that; 10 when it is not given
      --interpret-only   run all code in the bytecode interpreter, none translated
      --interpret PATTERN
      --translate PATTERN
      --mixed SEED       which translated methods run in the interpreter after all: those whose
                         'Class>>selector' the pattern matches (* any text, ? one character), or
                         a half of all that the seed decides. Of several, later ones win
      --profile-report[=PREFIX]
                         of an instrumented folder: at the end print what was executed and where the time went; with
                         a prefix, also to PREFIX.json and, with a flame graph, PREFIX.html
      --stats            at the end list primitives that were called, missing or failed
      --trace[=NAME,..]  print each call that the image makes to the host (or those named)
      --debug            show the JavaScript stack of an error
  -h, --help             this text

Everything after -- is the image's own: Smalltalk startUpArguments.

examples
  node stwasm.mjs run --eval '3 + 4'
  node stwasm.mjs run --script tests.st -- --verbose input.txt
  node stwasm.mjs run --files . -- -s report.st

exit codes: the image's own; 1 a difference (verify), an unhandled error or a folder that cannot be loaded, 2 wrong usage,
70 the image stopped on a trap
`;

const kValueOptions = new Map([['--eval', 'source'], ['-e', 'source'], ['--script', 'script'], ['--files', 'files'],
  ['--network', 'network'], ['--screenshot', 'screenshot'], ['--seconds', 'seconds'],
  ['--port', 'port'], ['--address', 'address'], ['--output', 'output'], ['-o', 'output']]);
// These may be given several times; their order counts.
const kModeOptions = new Map([['--interpret', 'pattern'], ['--translate', 'pattern'], ['--mixed', 'seed']]);
const kFlags = new Map([
  ['--interpret-only', 'interpretOnly'], ['--stats', 'statistics'], ['--debug', 'debug'],
  ['--trace', 'trace'], ['--profile-report', 'profileReport'], ['--help', 'help'], ['-h', 'help'],
]);

function usageError(message) {
  return new HostError(`${message}; see node stwasm.mjs --help`, { exitCode: kExitUsage });
}

export function parseArguments(words) {
  const options = { imageArguments: [] };
  const queue = [...words];
  while (queue.length > 0) {
    const word = queue.shift();
    if (word === '--') {
      options.imageArguments = queue.splice(0);
      break;
    }
    const [name, inlineValue] = splitOption(word);
    if (kValueOptions.has(name)) {
      options[kValueOptions.get(name)] = valueOf(name, inlineValue, queue);
    } else if (kModeOptions.has(name)) {
      const value = valueOf(name, inlineValue, queue);
      (options.modes ??= []).push({ mode: name.slice(2), [kModeOptions.get(name)]: value });
    } else if (kFlags.has(name)) {
      options[kFlags.get(name)] = inlineValue ?? true;
    } else if (name.startsWith('-')) {
      throw usageError(`unknown option ${name}`);
    } else if (options.command === undefined) {
      options.command = name;
    } else {
      throw usageError(`unexpected argument ${word} (arguments for the image follow after --)`);
    }
  }
  return checked(options);
}

function valueOf(name, inlineValue, queue) {
  const value = inlineValue ?? queue.shift();
  if (value === undefined) throw usageError(`${name} needs a value`);
  return value;
}

function splitOption(word) {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function checked(options) {
  if (options.help) return options;
  if (options.command === undefined) throw usageError('what is to be done? say run');
  if (!['run', 'profile', 'verify', 'serve'].includes(options.command)) throw usageError(`unknown command ${options.command}`);
  if (options.command === 'verify' && options.source === undefined && options.script === undefined) {
    throw usageError('verify needs --eval or --script');
  }
  if (options.command === 'profile' && options.output === undefined) throw usageError('profile needs --output');
  if (options.seconds !== undefined && !(Number(options.seconds) > 0)) throw usageError(`--seconds ${options.seconds} is no positive number`);
  if (options.source !== undefined && options.script !== undefined) {
    throw usageError('--eval and --script exclude each other');
  }
  return options;
}

function readScript(file) {
  try {
    return new Uint8Array(fs.readFileSync(file));
  } catch (error) {
    throw new HostError(`cannot read the script ${file}: ${error.code ?? error.message}`);
  }
}

// Files that the image's arguments name may be read, under the names given.
function namedFiles(words) {
  const files = [];
  for (const word of words) {
    const found = word === '' ? undefined : fs.statSync(word, { throwIfNoEntry: false });
    if (!found?.isFile()) continue;
    const file = path.resolve(word);
    files.push({ path: word, size: found.size, read: () => new Uint8Array(fs.readFileSync(file)) });
  }
  return files;
}

function realFolder(folder) {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new HostError(`--files ${folder}: there is no such folder`, { exitCode: kExitUsage });
  }
  return new DiskFolder(folder);
}

// Prints host calls as they happen; `only` names those wanted.
function tracer(only, platform) {
  const wanted = typeof only === 'string' ? new Set(only.split(',')) : null;
  const text = (value) => (typeof value === 'bigint' ? `${value}n` : String(value));
  return (name, values, answer) => {
    if (wanted === null || wanted.has(name)) {
      platform.report(`${name}(${values.map(text).join(', ')})${answer === undefined ? '' : ` -> ${text(answer)}`}`);
    }
  };
}

function machineOptions(options, platform) {
  return {
    evaluate: options.script === undefined ? options.source : readScript(options.script),
    imageArguments: options.imageArguments,
    interpretOnly: options.interpretOnly,
    modes: options.modes,
    statistics: options.statistics,
    trace: options.trace === undefined ? undefined : tracer(options.trace, platform),
    permissions: { network: options.network?.split(',') ?? [] },
    folder: options.files === undefined ? undefined : realFolder(options.files),
    files: options.files === undefined ? namedFiles(options.imageArguments) : [],
  };
}

async function printEvaluation(machine, platform) {
  const result = machine.evaluationResult();
  printResult(result, platform.standardStreams);
  if (result.error !== undefined) printStack(await machine.evaluationStack(), platform);
}

// The value is a line of its own, whatever the image printed before.
function printResult({ value, error }, { output, error: errorOutput }) {
  const text = value ?? error;
  if (text === undefined) return;
  const stream = value === undefined ? errorOutput : output;
  const newline = new TextEncoder().encode('\n');
  if (!stream.isAtLineStart) stream.write(newline);
  stream.write(text);
  stream.write(newline);
}

function printStack(frames, platform) {
  if (frames.length > 0) platform.standardStreams.error.write(new TextEncoder().encode(`${stackText(frames)}\n`));
}

async function run(options, platform, parts) {
  const machine = new Machine(platform, { ...machineOptions(options, platform), parts });
  try {
    await machine.load();
    if (options.screenshot !== undefined) return await takeScreenshot(machine, options);
    const exitCode = await machine.run();
    await printEvaluation(machine, platform);
    return exitCode;
  } finally {
    if (options.statistics) {
      platform.standardStreams.error.write(new TextEncoder().encode(machine.statisticsReport()));
    }
  }
}

// What was counted is told however the run ends. The module is compiled anew, as profiling wants it.
async function runProfiled(options, platform) {
  const { Profiling } = await import('./profiling.mjs');
  const { profileReport, output } = options;
  const profiling = await Profiling.create(platform, { samples: profileReport !== undefined });
  const machine = new Machine(platform,
    { ...machineOptions(options, platform), statistics: true, prepare: profiling.prepare });
  await machine.load();
  await profiling.start();
  try {
    const exitCode = await runFor(machine, options);
    await printEvaluation(machine, platform);
    return exitCode;
  } finally {
    if (output !== undefined) profiling.writeProfile(output);
    if (profileReport !== undefined) {
      const text = await profiling.report(machine, profileReport === true ? undefined : profileReport);
      platform.standardStreams.error.write(new TextEncoder().encode(text));
    }
  }
}

// An image that does not end by itself is left after --seconds.
async function runFor(machine, { seconds }) {
  return seconds === undefined ? machine.run() : await machine.runFor(1000 * Number(seconds)) ?? 0;
}

// The image runs for a while and is left as it is then.
async function takeScreenshot(machine, { screenshot, seconds = '10' }) {
  const { displayPixels, pngOf } = await import('./screenshot.mjs');
  const exitCode = await machine.runFor(1000 * Number(seconds));
  const pixels = displayPixels(machine.exports);
  if (pixels === null) throw new HostError('the image has no Display to take a picture of');
  try {
    fs.writeFileSync(screenshot, pngOf(pixels));
  } catch (error) {
    throw new HostError(`cannot write ${screenshot}: ${error.code ?? error.message}`);
  }
  return exitCode ?? 0;
}

async function verifyProgram(options, platform) {
  const { verify } = await import('./verify.mjs');
  const newline = (text) => new TextEncoder().encode(`${text}\n`);
  return verify(platform, machineOptions(options, platform),
    (line) => platform.standardStreams.output.write(newline(line)));
}

async function serveFolder({ port, address }, folder, platform) {
  const { serve } = await import('./serve.mjs');
  const number = port === undefined ? undefined : Number(port);
  if (port !== undefined && (!Number.isInteger(number) || number < 0 || number > 65535)) throw usageError(`--port ${port} is no port`);
  const server = await serve(folder, { port: number, address });
  const { address: host, port: actual } = server.address();
  platform.standardStreams.output.write(new TextEncoder().encode(
    `http://${host.includes(':') ? `[${host}]` : host}:${actual}/\n`));
  return 0;
}

function actionFor({ command, profileReport }) {
  if (command === 'verify') return verifyProgram;
  return command === 'profile' || profileReport !== undefined ? runProfiled : run;
}

// `folder` is the URL of the built folder; `parts` are its parts, as Machine takes them, when they are loaded already.
export async function main(folder, platform, parts) {
  const { process } = globalThis;
  let options = {};
  try {
    options = parseArguments(process.argv.slice(2));
    if (options.help) platform.standardStreams.output.write(new TextEncoder().encode(kHelp));
    else if (options.command === 'serve') process.exitCode = await serveFolder(options, fileURLToPath(folder), platform);
    else process.exitCode = await actionFor(options)(options, platform, parts);
  } catch (error) {
    const described = describeTrap(error);
    platform.report(described.message);
    if (options.debug) platform.report((described.cause ?? described).stack);
    process.exitCode = described.exitCode;
  }
  platform.standardStreams.output.flush();
  platform.standardStreams.error.flush();
}
