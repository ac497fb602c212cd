// Where a Smalltalk program was: its activations as objects that can be shown, logged and sent elsewhere. They come from
// Contexts in the heap and, after a trap, from the engine's own stack trace (see native_stack.mjs).
import { FunctionOwners, wasmFrames } from './native_stack.mjs';
import { SourceLines } from './source_lines.mjs';
import { decode } from './transfer.mjs';
import { ValueTexts } from './value_text.mjs';

const kNamePointer = 0;
const kMostFrames = 1000;
const kShownFrames = 40;
const kMostArguments = 16;
const kFrames = Symbol('frames');

// Kinds of recorded frames (runtime-wat/frame_records.wat).
const kContextFrame = 2;
const kInterpreterFrame = 3;

export class StackTraces {
  #exports;
  #transfer;
  #texts;
  #lines;

  constructor(exports, transfer, values, platform, manifest) {
    this.#exports = exports;
    this.#transfer = transfer;
    this.#texts = new ValueTexts(exports, transfer, values);
    this.#lines = new SourceLines(platform, manifest);
  }

  // Of copies of Contexts that a handler made before the stack was unwound: the handler's own first, then those to be shown,
  // down to where its method was called.
  async ofHandled(contexts) {
    const { contextHomeMethod, isContext } = this.#exports;
    const [handler, ...others] = contexts.filter((each) => isContext(each));
    if (handler === undefined) return [];
    const own = contextHomeMethod(handler);
    const end = others.findIndex((each) => contextHomeMethod(each) === own);
    return this.#completed((end < 0 ? others : others.slice(0, end)).map((each) => this.#frameOf(each)));
  }

  // Of a Context that the image hands over, and its senders.
  ofContext(context) {
    return this.#completed(this.#framesFrom(context));
  }

  // Of what the image was doing when `error` ended it; without one, of what it would go on with.
  async ofStopped(error) {
    if (error && this.#exports.recordedDepth?.value >= 0) return this.#completed(this.#recordedFrames());
    const native = wasmFrames(error);
    if (native.length === 0) return this.#completed(this.#framesFrom(this.#exports.activeContext()));
    return this.#completed(this.#nativeFrames(native));
  }

  // What the engine told, with the Contexts that the interpreter ran in between.
  #nativeFrames(native) {
    const owners = new FunctionOwners(this.#exports, this.#transfer);
    const frames = [];
    let age = 0;
    let entered = null;   // the frame of what a Context went on with: who called it has the Context
    for (const each of native) {
      if (owners.isInterpreter(each)) {
        frames.push(...this.#framesBelow(entered, this.#exports.interpretedContext(age++)));
        entered = null;
        continue;
      }
      const methods = owners.methodsOf(each);
      if (methods.length === 0) continue;
      frames.push(nativeFrame(each, methods));
      entered = methods.some(({ continues }) => continues) ? frames.at(-1) : null;
    }
    if (entered !== null) frames.push(...this.#framesBelow(entered, this.#exports.activeContext()));
    return frames;
  }

  // The Context's, but for the one that is told already; that gets its receiver and arguments.
  #framesBelow(entered, context) {
    if (entered === null || context === null) return this.#framesFrom(context);
    const { className, selector, block, receiver, arguments: values } = this.#frameOf(context);
    if (className !== entered.className || selector !== entered.selector) return this.#framesFrom(context);
    Object.assign(entered, { block, receiver, arguments: values });
    return this.#framesFrom(this.#exports.contextSender(context));
  }

  // As they were recorded, in a build with --debug. A Context that went on in translated code is also the one that the
  // interpreter below runs, if there is one.
  #recordedFrames() {
    const { recordedDepth, recordedKind, recordedCaller, recordedValue, recordedContext, contextSender } = this.#exports;
    const frames = [];
    let entered = null;
    for (let at = recordedDepth.value; at >= 0 && frames.length < kMostFrames; at = recordedCaller(at)) {
      const value = recordedValue(at);
      const kind = recordedKind(at);
      if (kind !== kInterpreterFrame) frames.push(this.#frameOf(recordedContext(at)));
      else frames.push(...this.#framesFrom(value === entered ? contextSender(value) : value));
      entered = kind === kContextFrame ? value : null;
    }
    if (entered !== null) frames.push(...this.#framesFrom(contextSender(entered)));
    return frames;
  }

  // One Context and its senders, as far as they are in the heap.
  #framesFrom(youngest) {
    const { contextSender, contextIsCall, contextPc } = this.#exports;
    const frames = [];
    for (let each = youngest; each !== null && frames.length < kMostFrames; each = contextSender(each)) {
      const isOver = contextPc(each) < 0;
      if (!isOver && !contextIsCall(each)) frames.push(this.#frameOf(each));
    }
    return frames;
  }

  #frameOf(context) {
    const exports = this.#exports;
    const [className, selector] = namesIn(decode(this.#transfer.bytes(kNamePointer, exports.contextName(context)).slice()));
    const pc = exports.contextPc(context);
    const count = Math.min(exports.contextArgumentCount(context), kMostArguments);
    return {
      className,
      selector,
      block: exports.contextIsBlock(context) === 1,
      line: null,
      pc: pc < 0 ? null : pc,
      receiver: this.#texts.of(exports.contextReceiver(context)),
      arguments: Array.from({ length: count }, (_, index) => this.#texts.of(exports.contextArgument(context, index))),
      [kFrames]: { hash: exports.contextCodeHash(context) >>> 0 },
    };
  }

  // With lines, as far as the build has them; what only they needed is removed.
  async #completed(frames) {
    const shown = frames.slice(0, kMostFrames);
    await this.#lines.addTo(shown.map((frame) => ({ frame, place: frame[kFrames] })));
    for (const frame of shown) delete frame[kFrames];
    return shown;
  }
}

function namesIn(text) {
  const at = text.indexOf('>>');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 2)];
}

// Receiver and arguments were in the native frame, which is gone.
function nativeFrame({ offset }, methods) {
  const [{ name, isBlock }, ...others] = methods;
  const [className, selector] = namesIn(name);
  const frame = {
    className, selector, block: isBlock, line: null, pc: null, receiver: null, arguments: [], [kFrames]: { offset },
  };
  const alike = [...new Set(others.map((each) => each.name))].filter((each) => each !== name);
  if (alike.length > 0) frame.alike = alike;
  return frame;
}

// One line for a person.
export function frameText({ className, selector, block, line, pc, receiver, arguments: values, alike }) {
  const place = line !== null ? ` line ${line}` : pc !== null ? ` pc ${pc}` : '';
  const others = alike ? ` (or ${alike[0]}${alike.length > 1 ? ` or ${alike.length - 1} more of the same code` : ''})` : '';
  const state = receiver === null ? '' : `, self ${receiver}`;
  const given = values.length > 0 ? `, with ${values.join(', ')}` : '';
  return `${block ? '[] in ' : ''}${className}>>${selector}${others}${place}${state}${given}`;
}

// Several lines, each with `indent` before it; the oldest of very many frames are left out.
export function stackText(frames, indent = '  ') {
  const lines = frames.slice(0, kShownFrames).map((frame) => `${indent}${frameText(frame)}`);
  if (frames.length > kShownFrames) lines.push(`${indent}... and ${frames.length - kShownFrames} more`);
  return lines.join('\n');
}
