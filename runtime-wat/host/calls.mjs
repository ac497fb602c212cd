// Calls from JavaScript into a running image: each is a Process that performs one send. Errors that Smalltalk does not
// handle come back as rejected promises: calls go through a block with a handler, which the image makes with its own
// Compiler or, when it has none, which its class JavaScript answers (javascript.st).
import { stackText } from './stack_trace.mjs';

const kUserPriority = 40;
const kMostArguments = 15;
const kMostCopies = 1000;

// The stack is unwound before anybody here sees it: copies of its Contexts tell where the error was. The handler's own is
// the first, those from where the error was signalled follow (see stack_trace.mjs).
export function stackCopies(error) {
  return `[ | copies each |
		copies := OrderedCollection new.
		copies addLast: thisContext shallowCopy.
		each := (${error} respondsTo: #signalerContext) ifTrue: [ ${error} signalerContext ] ifFalse: [ thisContext sender ].
		[ each == nil or: [ copies size > ${kMostCopies} ] ] whileFalse: [
			copies addLast: each shallowCopy.
			each := each sender ].
		copies asArray ] value`;
}

const kHandler = `| errors |
errors := #(UnhandledError SyntaxErrorNotification) collect: [ :name | Smalltalk at: name ifAbsent: [ Error ] ].
[ :receiver :selector :arguments |
	[ Array with: true with: (receiver perform: selector withArguments: arguments) ]
		on: errors first , errors last
		do: [ :signal | | error |
			error := (signal respondsTo: #exception) ifTrue: [ signal exception ] ifFalse: [ signal ].
			signal return: (Array with: false with: error class name asString
				with: ([ error description asString ] on: Error do: [ :second | 'no description' ])
				with: (${stackCopies('error')})) ] ]`;

// Images from before Smalltalk had exceptions: error: asks a block of the active Process.
// They have no temporaries in blocks either; and what is left at once, by ^ in a block, keeps its Contexts as they are.
const kHandlerWithoutExceptions = `| frames each |
[ :receiver :selector :arguments |
	[ Array with: true with: (receiver perform: selector withArguments: arguments) ]
		ifError: [ :text :culprit |
			frames := OrderedCollection new.
			each := thisContext.
			[ each == nil or: [ frames size > ${kMostCopies} ] ] whileFalse: [
				frames addLast: each.
				each := each sender ].
			Array with: false with: 'Error' with: text with: frames asArray ] ]`;

// An error in Smalltalk that nothing there handled.
export class SmalltalkError extends Error {
  // smalltalkStack: the frames where it was signalled, see stack_trace.mjs
  constructor(className, description, smalltalkStack = []) {
    super(description.startsWith(className) ? description : `${className}: ${description}`);
    this.name = 'SmalltalkError';
    this.className = className;
    this.description = description;
    this.smalltalkStack = smalltalkStack;
    if (smalltalkStack.length > 0) addToStack(this, smalltalkStack);
  }
}

// Engines show the stack of an error that nobody caught: the Smalltalk frames come first.
function addToStack(error, frames) {
  const title = `${error.name}: ${error.message}`;
  const own = String(error.stack ?? '').replace(title, '').replace(/^\n/, '');
  error.stack = `${title}\n${stackText(frames, '    at ')}\n${own}`;
}

// How many arguments a selector takes.
function argumentCount(selector) {
  if (/^[^\w:]/.test(selector)) return 1;
  return selector.split(':').length - 1;
}

export class Calls {
  #exports;
  #values;
  #stackTraces;
  #wake;
  #open = new Set();              // of { resolve, reject }
  #byContext = new WeakMap();     // the Context that a call began with -> its entry in #open
  #handler = null;
  // A Process that was terminated, or stopped for ever, does not return.
  #lost = new FinalizationRegistry((entry) => this.#settle(entry, (call) =>
    call.reject(new Error('the Process of this call has ended without an answer'))));

  // wake: called when there is something to run
  constructor(exports, values, stackTraces, wake) {
    this.#exports = exports;
    this.#values = values;
    this.#stackTraces = stackTraces;
    this.#wake = wake;
  }

  get isWaiting() {
    return this.#open.size > 0;
  }

  // The import: a call has returned.
  returned(context, value) {
    const entry = this.#byContext.get(context);
    if (entry !== undefined) this.#settle(entry, ({ resolve }) => resolve({ value }));
  }

  // The image will run no more.
  failAll(error) {
    for (const entry of [...this.#open]) this.#settle(entry, ({ reject }) => reject(error));
  }

  #settle(entry, action) {
    if (this.#open.delete(entry)) action(entry);
  }

  // References in, a promise of { value: reference } out (a reference itself could look like a promise's answer to nobody).
  #start(receiver, selector, values, priority = kUserPriority) {
    return new Promise((resolve, reject) => {
      const context = this.#exports.startCall(receiver, selector, this.#values.array(values), priority);
      if (context === null) throw new TypeError('this cannot be sent to the image');
      const entry = { resolve, reject };
      this.#open.add(entry);
      this.#byContext.set(context, entry);
      this.#lost.register(context, entry);
      this.#wake();
    });
  }

  // The Symbol; the image itself makes one that was no selector before.
  async symbol(name) {
    const known = this.#values.selectorNamed(name);
    if (known !== null) return known;
    return (await this.#start(this.#values.string(name), this.#known('asSymbol'), [])).value;
  }

  #known(selector) {
    const symbol = this.#values.selectorNamed(selector);
    if (symbol === null) throw new TypeError(`the image does not know #${selector}`);
    return symbol;
  }

  // A block of three arguments, or null in an image that has neither Compiler nor the class JavaScript.
  async #findHandler() {
    const compiler = this.#values.classNamed('Compiler');
    if (compiler !== null) {
      const source = this.#values.selectorNamed('on:do:') === null ? kHandlerWithoutExceptions : kHandler;
      return (await this.#start(compiler, this.#known('evaluate:'), [this.#values.string(source)])).value;
    }
    const bridge = this.#values.classNamed('JavaScript');
    return bridge === null ? null : (await this.#start(bridge, await this.symbol('callHandler'), [])).value;
  }

  // receiver and arguments as references; answers the value's reference in an object.
  async send(receiver, selector, values) {
    const count = argumentCount(selector);
    if (values.length !== count || count > kMostArguments) {
      throw new TypeError(`#${selector} takes ${count} arguments, not ${values.length}`);
    }
    const symbol = await this.symbol(selector);
    const { value: handler } = await (this.#handler ??= this.#findHandler().then((value) => ({ value })));
    if (handler === null) return this.#start(receiver, symbol, values);
    const answer = await this.#start(handler, await this.symbol('value:value:value:'),
      [receiver, symbol, this.#values.array(values)]);
    return this.#unpack(answer.value);
  }

  async #unpack(answer) {
    const element = (index) => this.#exports.valueElement(answer, index);
    if (this.#values.toJavaScript(element(0)) === true) return { value: element(1) };
    const contexts = this.#values.references(element(3));
    const stack = await this.#stackTraces.ofHandled(contexts);
    throw new SmalltalkError(this.#values.toJavaScript(element(1)), this.#values.toJavaScript(element(2)), stack);
  }
}
