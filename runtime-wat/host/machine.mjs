// A running image: the instantiated module, its imports, and the loop that gives it time.
import { attributeImports } from './attributes.mjs';
import { Calls, SmalltalkError } from './calls.mjs';
import { parseChunks } from './chunks.mjs';
import { CodeParadiseHost } from './codeparadise.mjs';
import { clockImports } from './clock.mjs';
import { describeTrap, HostError, kExitTrap } from './errors.mjs';
import { CalledEvaluation, Evaluation, kStackCopies, takesStartUpScripts } from './evaluation.mjs';
import { fileImports } from './files.mjs';
import { headlessDisplayImports } from './headless_display.mjs';
import { loadBuiltFolder, loadHeap } from './image_loader.mjs';
import { ImportFailures } from './import_failures.mjs';
import { JavaScript } from './javascript.mjs';
import { jpegImports } from './jpeg.mjs';
import { MemoryWatch } from './memory.mjs';
import { applyRules } from './modes.mjs';
import { kEngineFrames } from './native_stack.mjs';
import { Permissions } from './permissions.mjs';
import { Sockets } from './sockets.mjs';
import { StackTraces, stackText } from './stack_trace.mjs';
import { Statistics } from './statistics.mjs';
import { Transfer } from './transfer.mjs';
import { Values } from './values.mjs';
import { VirtualFiles } from './virtual_files.mjs';
import { hasWeakReferences, weakReferenceImports, WeakReviews } from './weak_references.mjs';
import { isZip, makeZip, readZip } from './zip.mjs';

const kImageFolder = '/image';
const kVmPath = '/stwasm/';

// What run() of the module answers.
const kSliceOver = 0;
const kIdle = 1;
const kQuit = 2;
const kStuck = 3;
const kStopped = 4;

// While input waits, slices are short: the browser wants to deliver more of it, and to draw.
const kSliceWithInput = 5;

export class Machine {
  #platform;
  #options;
  #transfer = new Transfer();
  #files = new VirtualFiles(kImageFolder);
  #evaluation = null;
  #exports = null;
  #statistics = null;
  #stackTraces = null;
  #memoryWatch = null;
  #weakReviews = null;
  #kept = null;             // KeptFiles
  #permissions;
  #sockets;
  #codeParadise;
  #values = null;
  #calls = null;
  #javaScript = null;
  #running = null;          // the promise of the loop that gives the image time
  #untilQuit = false;       // the loop ends when the image does, not with the last call
  #deadline = Infinity;     // or then
  #ended = null;            // { exitCode } or { error }
  #unhandled = null;        // a promise of the SmalltalkError that the image ends with
  #unhandledError = null;   // when it has
  #pauseControl = null;     // ends a pause
  #importFailures;          // what the host's own code failed with while the module called it

  // options: permissions (see permissions.mjs), evaluate, imageArguments, interpretOnly, modes (see modes.mjs), statistics, trace (a function told of host calls),
  // display (a Desktop), keepFiles, onSlice (told of each time slice's milliseconds), clock (imports instead of the real
  // time's), prepare (a function called with exports and transfer area between loading and start), repeatable (weak slots are
  // cleared only when the image asks for it), parts (of the built folder, a promise: loading has begun), sliceOver (called between two slices instead of a turn of the event loop)
  constructor(platform, options = {}) {
    this.#platform = platform;
    this.#options = options;
    const report = (message) => platform.report(message);
    this.#permissions = new Permissions(options.permissions, report);
    this.#sockets = new Sockets(this.#permissions, report);
    this.#codeParadise = new CodeParadiseHost(this.#permissions, platform);
    this.#importFailures = new ImportFailures(() => this.#exports.failHost());
  }

  get files() {
    return this.#files;
  }

  async load() {
    const { manifest, module, heap, header } = await (this.#options.parts ?? loadBuiltFolder(this.#platform));
    await this.#addFiles(manifest);
    const imageArguments = [...(this.#options.imageArguments ?? [])];
    if (this.#options.evaluate !== undefined && takesStartUpScripts(heap)) {
      this.#evaluation = new Evaluation(this.#files, this.#options.evaluate);
      imageArguments.unshift(...this.#evaluation.imageArguments);
    } else if (this.#options.evaluate !== undefined) {
      this.#evaluation = new CalledEvaluation(this.#options.evaluate, manifest.imageName);
    }
    const imports = this.#imports(manifest, header, imageArguments);
    try {
      const instance = await WebAssembly.instantiate(module, { host: imports });
      this.#start(instance.exports, heap, manifest);
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
    if (this.#options.keepFiles) this.#kept = await this.#platform.keepFiles?.(manifest.name, this.#files.memory) ?? null;
  }

  #imports(manifest, header, imageArguments) {
    const transfer = this.#transfer;
    const imports = {
      ...(this.#options.clock ?? clockImports()),
      ...attributeImports(transfer, {
        imageName: `${kImageFolder}/${manifest.imageName}`,
        vmPath: kVmPath,
        imageArguments,
        vmOptions: this.#options.display ? [] : ['-headless'],
        environment: (name) => this.#platform.environment(name),
      }),
      ...fileImports(transfer, this.#files, this.#platform.standardStreams),
      ...jpegImports(transfer),
      ...this.#devices(transfer, header),
      ...this.#sockets.imports(transfer),
      ...this.#codeParadise.imports(transfer),
      callReturned: (context, value) => this.#calls.returned(context, value),
      javaScript: (...values) => this.#javaScript.perform(...values),
      unhandledError: (...values) => { this.#unhandled = this.#describeUnhandled(...values); },
      report: (pointer, length) => this.#platform.report(transfer.string(pointer, length)),
    };
    const called = this.#options.trace ? traced(imports, this.#options.trace) : imports;
    return { ...this.#importFailures.caught(called), ...weakReferenceImports() };
  }

  #devices(transfer, { savedWindowSize }) {
    const { display } = this.#options;
    if (!display) return headlessDisplayImports(transfer, savedWindowSize);
    return display.imports(transfer, { savedWindowSize, permissions: this.#permissions, files: this.#files });
  }

  #start(exports, heap, manifest) {
    this.#exports = exports;
    this.#transfer.attach(exports.memory);
    const wake = () => this.wake();
    this.#values = new Values(exports, this.#transfer, this);
    this.#stackTraces = new StackTraces(exports, this.#transfer, this.#values, this.#platform, manifest);
    this.#calls = new Calls(exports, this.#values, this.#stackTraces, wake);
    this.#javaScript = new JavaScript(exports, this.#values, this.#permissions, wake);
    this.#memoryWatch = new MemoryWatch(exports, this.#platform.memory ?? null);
    if (this.#options.interpretOnly) exports.interpretOnly.value = 1;
    if (this.#options.statistics) this.#statistics = new Statistics(exports, this.#transfer);
    const isReviewed = !this.#options.repeatable && hasWeakReferences();
    exports.weakReviews.value = isReviewed ? 1 : 0;
    loadHeap(exports, heap);
    if (isReviewed) this.#weakReviews = new WeakReviews(exports, wake);
    if (this.#options.modes?.length > 0) {
      applyRules(exports, this.#transfer, this.#options.modes, (message) => this.#platform.report(message));
    }
    this.#sockets.attach(exports, wake);
    this.#codeParadise.attach(exports, wake);
    this.#options.display?.attach(exports, this);
    this.#options.prepare?.(exports, this.#transfer);
    exports.start();
  }

  // Runs the image until it quits; answers its exit code.
  async run() {
    if (this.#evaluation instanceof CalledEvaluation) return this.#evaluation.run(this);
    this.#untilQuit = true;
    for (;;) {
      if (this.#ended?.error) throw this.#ended.error;
      if (this.#ended) return this.#ended.exitCode;
      await this.#drive();
    }
  }

  // Lets the image run so long. Answers its exit code, undefined when it has not quit.
  async runFor(milliseconds) {
    this.#deadline = performance.now() + milliseconds;
    this.#untilQuit = true;
    while (!this.#ended && performance.now() < this.#deadline) await this.#drive();
    if (this.#ended?.error) throw this.#ended.error;
    return this.#ended?.exitCode;
  }

  // The SmalltalkError that the image has ended with; null where it has not.
  get unhandledError() {
    return this.#unhandledError;
  }

  // What the module exports, for who looks at the image while it rests.
  get exports() {
    return this.#exports;
  }

  // The user's interrupt: signals the Semaphore that the image has registered for it.
  interrupt() {
    this.#exports.interrupt();
    this.wake();
  }

  // There is something for the image to do: a pause ends, and the image gets time while somebody waits for an answer.
  wake() {
    this.#pauseControl?.abort();
    if (!this.#ended && this.#calls.isWaiting) this.#drive();
  }

  // One loop serves everybody who waits. It never fails: how the image ended is kept for run() and for later calls.
  #drive() {
    this.#running ??= this.#loop().then(
      (exitCode) => exitCode === undefined ? null : { exitCode },
      async (error) => ({ error: await this.#withStackTrace(describeTrap(error)) })
    ).then(async (ended) => {
      if (ended && this.#unhandled) await this.#showUnhandled();
      this.#running = null;
      this.#ended = ended;
      this.#platform.standardStreams.output.flush?.();
      if (ended) this.#calls.failAll(this.#reasonOf(ended));
      else if (this.#calls.isWaiting) this.#drive();   // somebody called while the loop was ending
    });
    return this.#running;
  }

  #reasonOf({ error, exitCode }) {
    return error ?? this.#unhandledError ?? new HostError(`the image has quit with exit code ${exitCode}`);
  }

  // The Contexts are read at once: they are no others' yet.
  async #describeUnhandled(className, description, context) {
    const frames = this.#stackTraces.ofContext(context);
    const [name, text] = [className, description].map((each) => this.#values.toJavaScript(each));
    return new SmalltalkError(name, text, await frames);
  }

  async #showUnhandled() {
    const error = await this.#unhandled;
    this.#unhandledError = error;
    const text = `${error.className}: ${error.description}\n${stackText(error.smalltalkStack)}\n`;
    this.#platform.standardStreams.error.write(new TextEncoder().encode(text));
  }

  // Answers the exit code; undefined when nobody waits any more.
  async #loop() {
    await null;   // whoever begins several calls begins them all before the first runs
    while ((this.#untilQuit || this.#calls.isWaiting) && performance.now() < this.#deadline) {
      this.#memoryWatch.check();
      const state = this.#slice();
      if (state === kQuit) return this.#exports.exitCode.value;
      if (state === kStopped) throw this.#cannotGoOn();
      if (state === kStuck) throw new HostError('the image is stuck: no process can run any more', { exitCode: kExitTrap });
      this.#platform.standardStreams.output.flush?.();
      if (!this.#untilQuit && !this.#calls.isWaiting) return undefined;
      if (state === kSliceOver && this.#options.sliceOver) this.#options.sliceOver();
      else await this.#pause(state === kIdle ? this.#idleMilliseconds() : 0);
    }
  }

  #slice() {
    const { onSlice } = this.#options;
    const started = onSlice ? performance.now() : 0;
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = kEngineFrames;
    try {
      const state = this.#importFailures.during(() => this.#exports.run(this.#sliceMilliseconds));
      this.#exports.clearRecords?.();
      return state;
    } finally {
      Error.stackTraceLimit = limit;
      onSlice?.(performance.now() - started);
    }
  }

  // Its own protocol has no answer.
  #cannotGoOn() {
    const why = this.#transfer.string(0, this.#exports.stopTextLength.value);
    return new HostError(`the image cannot go on: ${why}`, { exitCode: kExitTrap });
  }

  get #sliceMilliseconds() {
    const { sliceMilliseconds } = this.#platform;
    return this.#options.display?.queue?.isBusy ? Math.min(kSliceWithInput, sliceMilliseconds) : sliceMilliseconds;
  }

  async #pause(milliseconds) {
    if (milliseconds <= 0) await this.#platform.pause(0);
    this.#pauseControl = new AbortController();
    const { signal } = this.#pauseControl;
    if (milliseconds > 0) await this.#platform.pause(milliseconds, signal);
    if (!this.#calls.isWaiting) await this.#platform.untilAwake?.(signal);
    this.#pauseControl = null;
  }

  // Adds where the image was: its activations, youngest first.
  async #withStackTrace(error) {
    if (error.exitCode !== kExitTrap) return error;
    try {
      const { isContained, trap } = this.#importFailures;
      error.smalltalkStack = await this.#stackTraces.ofStopped(isContained ? null : trap ?? error.cause);
    } catch {
      error.smalltalkStack = [];   // a broken heap must not hide what broke it
    }
    if (error.smalltalkStack.length > 0) error.message += `\n${stackText(error.smalltalkStack)}`;
    return error;
  }

  #idleMilliseconds() {
    return Math.max(0, Math.min(this.#exports.wakeTime.value, this.#deadline) - performance.now());
  }

  // --- calls from JavaScript, see stwasm.d.mts ---

  // The value of a text that the image's own Compiler compiles.
  async evaluate(source) {
    return this.#send(this.#existingClass('Compiler'), 'evaluate:', [source]);
  }

  // A message to a Smalltalk object, or to what the JavaScript value stands for.
  async send(receiver, selector, ...values) {
    return this.#send(this.#reference(receiver), selector, values);
  }

  async callBlock(block, values) {
    const selector = values.length === 0 ? 'value' : 'value:'.repeat(values.length);
    return values.length > 4
      ? this.send(block, 'valueWithArguments:', values)
      : this.send(block, selector, ...values);
  }

  // A class or another global variable.
  async global(name) {
    const found = this.#values.classNamed(name);
    if (found !== null) return this.#values.wrap(found);
    return this.#send(this.#exports.systemDictionary(), 'at:', [await this.symbol(name)]);
  }

  async symbol(name) {
    return this.#values.wrap(await this.#open(() => this.#calls.symbol(name)));
  }

  // Files a text in chunk format in, such as javascript.st.
  async fileIn(source) {
    for (const { expression, classExpression, category, method } of parseChunks(source)) {
      if (expression !== undefined) await this.evaluate(expression);
      else await this.#compile(await this.evaluate(classExpression), method, category);
    }
  }

  // An image that stamps its methods would ask for the author's initials otherwise.
  #compile(behavior, method, category) {
    const stamped = 'compile:classified:withStamp:notifying:';
    if (this.#values.selectorNamed(stamped) === null) return this.send(behavior, 'compile:classified:', method, category);
    return this.send(behavior, stamped, method, category, `stwasm ${new Date().toLocaleString('en-US')}`, null);
  }

  // [what, count] of everything that the permissions refused.
  refusals() {
    return this.#permissions.refusals();
  }

  async #send(receiver, selector, values) {
    const references = values.map((value) => this.#reference(value));
    const { value } = await this.#open(() => this.#calls.send(receiver, selector, references));
    return this.#values.toJavaScript(value);
  }

  #reference(value) {
    return this.#values.toSmalltalk(value, { copying: true });
  }

  async #open(action) {
    if (this.#ended) throw this.#reasonOf(this.#ended);
    return action();
  }

  hasClass(name) {
    return this.#values.classNamed(name) !== null;
  }

  #existingClass(name) {
    const found = this.#values.classNamed(name);
    if (found === null) throw new HostError(`the image has no class ${name}`);
    return found;
  }

  // --- the image's files ---

  // Waits until what the image has written is kept.
  async saveFiles() {
    await this.#kept?.save();
  }

  // A zip archive (a Blob) of all files that the image made or changed.
  async exportFiles() {
    const own = [...this.#files.memory.entries()].filter(({ entry }) => entry.isOwn && !entry.isFolder);
    return makeZip(own.map(({ path, entry }) => ({ name: path, bytes: entry.contents(), modified: entry.modified })));
  }

  // A zip archive's files, or one file (a File or Blob with a name), become files of the image; answers how many.
  async importFiles(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const isArchive = isZip(bytes);
    const files = isArchive ? await readZip(bytes) : [{ name: blob.name ?? 'file', bytes }];
    for (const file of files) {
      const isAbsolute = this.#files.stat(`/${file.name.split('/')[0]}`)?.isFolder === true && file.name.includes('/');
      const path = isAbsolute ? `/${file.name}` : `${kImageFolder}/${file.name}`;
      this.#makeFoldersFor(path);
      if (!this.#files.writeFile(path, file.bytes)) throw new HostError(`there is no room for ${file.name}`);
    }
    return files.length;
  }

  #makeFoldersFor(path) {
    const names = this.#files.absolute(path).split('/').slice(1, -1);
    names.forEach((_, i) => this.#files.makeFolder(`/${names.slice(0, i + 1).join('/')}`));
  }

  // What the text to evaluate came to: { value } or { error } as bytes, {} when there is neither.
  evaluationResult() {
    return this.#evaluation?.result() ?? {};
  }

  // The frames of the error that the text came to.
  async evaluationStack() {
    if (this.#evaluation instanceof CalledEvaluation) return this.#evaluation.smalltalkStack;
    return this.#stackTraces.ofHandled(this.#values.references(this.#exports.specialObject(kStackCopies)));
  }

  // What Statistics counted, with the option statistics.
  primitiveCounts() {
    return this.#statistics.counts();
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
