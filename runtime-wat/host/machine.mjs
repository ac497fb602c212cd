// A running image: the instantiated module, its imports, and the loop that gives it time.
import { attributeImports } from './attributes.mjs';
import { clockImports } from './clock.mjs';
import { describeTrap, HostError, kExitTrap } from './errors.mjs';
import { Evaluation, requireStartUpScripts } from './evaluation.mjs';
import { fileImports } from './files.mjs';
import { headlessDisplayImports } from './headless_display.mjs';
import { loadBuiltFolder, loadHeap } from './image_loader.mjs';
import { MemoryWatch } from './memory.mjs';
import { applyRules } from './modes.mjs';
import { Statistics } from './statistics.mjs';
import { Transfer } from './transfer.mjs';
import { VirtualFiles } from './virtual_files.mjs';

const kImageFolder = '/image';
const kVmPath = '/stwasm/';

// What run() of the module answers besides 0, the slice is over.
const kIdle = 1;
const kQuit = 2;
const kStuck = 3;

const kTraceLines = 12;

export class Machine {
  #platform;
  #options;
  #transfer = new Transfer();
  #files = new VirtualFiles(kImageFolder);
  #evaluation = null;
  #exports = null;
  #statistics = null;
  #memoryWatch = null;

  // options: evaluate, imageArguments, interpretOnly, modes (see modes.mjs), statistics, trace (a function told of host calls),
  // mounts (folders over the image's own), clock (imports instead of the real time's), prepare (a function called with exports
  // and transfer area between loading and start)
  constructor(platform, options = {}) {
    this.#platform = platform;
    this.#options = options;
  }

  get files() {
    return this.#files;
  }

  async load() {
    const { manifest, module, heap, header } = await loadBuiltFolder(this.#platform);
    await this.#addFiles(manifest);
    const imageArguments = [...(this.#options.imageArguments ?? [])];
    if (this.#options.evaluate !== undefined) {
      requireStartUpScripts(heap, manifest.imageName);
      this.#evaluation = new Evaluation(this.#files, this.#options.evaluate);
      imageArguments.unshift(...this.#evaluation.imageArguments);
    }
    const imports = this.#imports(manifest, header, imageArguments);
    try {
      const instance = await WebAssembly.instantiate(module, { host: imports });
      this.#start(instance.exports, heap);
    } catch (error) {
      throw describeTrap(error);
    }
  }

  // The image's folder: its changes and sources from the built folder, under what the caller mounts.
  async #addFiles(manifest) {
    for (const { name, size } of manifest.files ?? []) {
      const read = await this.#platform.fileReader(`files/${name}`);
      this.#files.memory.addFile(`${kImageFolder}/${name}`, size, read);
    }
    for (const { path, size, read } of this.#options.files ?? []) {
      this.#files.memory.addFile(this.#files.absolute(path), size, read);
    }
    if (this.#options.folder) this.#files.mount(kImageFolder, this.#options.folder);
  }

  #imports(manifest, header, imageArguments) {
    const transfer = this.#transfer;
    const imports = {
      ...(this.#options.clock ?? clockImports()),
      ...attributeImports(transfer, {
        imageName: `${kImageFolder}/${manifest.imageName}`,
        vmPath: kVmPath,
        imageArguments,
        environment: (name) => this.#platform.environment(name),
      }),
      ...fileImports(transfer, this.#files, this.#platform.standardStreams),
      ...(this.#options.display ?? headlessDisplayImports)(transfer, header.savedWindowSize),
      report: (pointer, length) => this.#platform.report(transfer.string(pointer, length)),
    };
    return this.#options.trace ? traced(imports, this.#options.trace) : imports;
  }

  #start(exports, heap) {
    this.#exports = exports;
    this.#transfer.attach(exports.memory);
    this.#memoryWatch = new MemoryWatch(exports, this.#platform.memory ?? null);
    if (this.#options.interpretOnly) exports.interpretOnly.value = 1;
    if (this.#options.statistics) this.#statistics = new Statistics(exports, this.#transfer);
    loadHeap(exports, heap);
    if (this.#options.modes?.length > 0) {
      applyRules(exports, this.#transfer, this.#options.modes, (message) => this.#platform.report(message));
    }
    this.#options.prepare?.(exports, this.#transfer);
    exports.start();
  }

  // Runs the image until it quits; answers its exit code.
  async run() {
    try {
      for (;;) {
        this.#memoryWatch.check();
        const state = this.#exports.run(this.#platform.sliceMilliseconds);
        if (state === kQuit) return this.#exports.exitCode.value;
        if (state === kStuck) throw new HostError('the image is stuck: no process can run any more', { exitCode: kExitTrap });
        this.#platform.standardStreams.output.flush?.();
        await this.#platform.pause(state === kIdle ? this.#idleMilliseconds() : 0);
      }
    } catch (error) {
      throw this.#withStackTrace(describeTrap(error));
    } finally {
      this.#platform.standardStreams.output.flush?.();
    }
  }

  // Adds where the image was: its activations, youngest first, as far as they are Contexts.
  #withStackTrace(error) {
    if (error.exitCode !== kExitTrap) return error;
    const trace = this.#transfer.string(0, this.#exports.stackTrace(kTraceLines)).trimEnd();
    if (trace !== '') error.message += `\n${trace.replace(/^/gm, '  ')}`;
    return error;
  }

  #idleMilliseconds() {
    return Math.max(0, this.#exports.wakeTime.value - performance.now());
  }

  // What the text to evaluate came to: { value } or { error } as bytes, {} when there is neither.
  evaluationResult() {
    return this.#evaluation?.result() ?? {};
  }

  statisticsReport() {
    return this.#statistics?.report() ?? '';
  }
}

// The imports, each telling `tell` what it was called with and what it answered.
function traced(imports, tell) {
  return Object.fromEntries(Object.entries(imports).map(([name, call]) => [name, (...values) => {
    const answer = call(...values);
    tell(name, values, answer);
    return answer;
  }]));
}
