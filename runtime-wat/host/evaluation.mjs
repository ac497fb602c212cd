// Evaluating Smalltalk from outside: the image gets a start-up script that evaluates a text with the
// image's own Compiler and leaves the result in a file of the virtual file system; or its Compiler is called.
import { stackCopies } from './calls.mjs';
import { HostError } from './errors.mjs';
import { encode } from './transfer.mjs';
import { heapContains } from './image_loader.mjs';

const kFolder = '/stwasm';
const kScript = `${kFolder}/run.st`;
const kSource = `${kFolder}/source.st`;
const kValue = `${kFolder}/value`;
const kError = `${kFolder}/error`;

// The special object where the script leaves the stack of an error: the process that signalled low space, which nobody asks
// for any more when the image is about to quit.
export const kStackCopies = 22;

// A Cuis image reads the arguments -s FILE; this selector is part of how it does that.
const kStartUpScriptSelector = 'startUpScriptArguments';

// The image's own low-space watcher would open a debugger that nobody sees: here a process that uses up the memory
// gets an Error instead (the default action of OutOfMemory would let it go on). So does code that opens a dialog, which nobody
// would ever answer; the exceptions whose default action is a dialog count as unhandled.
const startUpScript = `| leave source exitCode lowSpace evaluating failures |
[	lowSpace := Semaphore new.
	evaluating := Processor activeProcess.
	Smalltalk stopLowSpaceWatcher; primLowSpaceSemaphore: lowSpace; primSignalAtBytesLeft: Smalltalk lowSpaceThreshold.
	[ [ | culprit |
		lowSpace wait.
		culprit := Smalltalk specialObjectsArray at: 23 ifAbsent: [ evaluating ].
		Smalltalk specialObjectsArray at: 23 put: nil.
		culprit signalException: (Error new messageText: 'Space is low'; yourself).
		Smalltalk primSignalAtBytesLeft: Smalltalk lowSpaceThreshold ] repeat ] forkAt: Processor lowIOPriority
] on: MessageNotUnderstood do: [ :missing | missing return ].
[	[ [	| context isOpen |
		(Delay forMilliseconds: 500) wait.
		context := evaluating suspendedContext.
		isOpen := false.
		50 timesRepeat: [ context ifNotNil: [
			(#(invokeAt:allowKeyboard: invokeModal: getUserResponse getUserResponseOrCancel:) includes: context selector) ifTrue: [ isOpen := true ].
			context := context sender ] ].
		isOpen ifTrue: [
			evaluating signalException: (Error new messageText: 'the image has opened a dialog and nobody is there to answer it') ] ] repeat
	] on: MessageNotUnderstood do: [ :missing | missing return ]
] forkAt: Processor lowIOPriority.
failures := #(FileDoesNotExistException FileExistsException) inject: UnhandledError into: [ :all :each |
	all , (Smalltalk at: each ifAbsent: [ UnhandledError ]) ].
leave := [ :fileName :text | fileName asFileEntry forceWriteStreamDo: [ :stream | stream nextPutAll: text ] ].
exitCode := 0.
[	source := '${kSource}' asFileEntry readStreamDo: [ :stream | stream contentsOfEntireFile ].
	leave value: '${kValue}' value: (Compiler evaluate: source) printString ]
		on: failures
		do: [ :unhandled | | error text |
			error := unhandled class == UnhandledError ifTrue: [ unhandled exception ] ifFalse: [ unhandled ].
			text := [ error description asString ] on: Error do: [ :second | 'no description' ].
			(text beginsWith: error class name) ifFalse: [ text := error class name , ': ' , text ].
			leave value: '${kError}' value: text.
			Smalltalk specialObjectsArray at: ${kStackCopies + 1} put: (${stackCopies('error')}).
			exitCode := 1 ].
Smalltalk quitPrimitive: exitCode`;

export class Evaluation {
  #files;

  // `source` is a string or bytes; it reaches the Compiler as UTF-8 unchanged.
  constructor(files, source) {
    this.#files = files;
    files.memory.addBytes(kScript, encode(startUpScript));
    files.memory.addBytes(kSource, typeof source === 'string' ? encode(source) : source);
  }

  get imageArguments() {
    return ['-s', kScript];
  }

  // { value } or { error }, as bytes; {} when the image ended in another way.
  result() {
    const value = this.#files.readFile(kValue);
    const error = this.#files.readFile(kError);
    if (error !== null) return { error };
    return value === null ? {} : { value };
  }
}

export function takesStartUpScripts(heap) {
  return heapContains(heap, kStartUpScriptSelector);
}

// For images that take no start-up script: the Compiler is called while the image runs as it was saved.
export class CalledEvaluation {
  #source;
  #imageName;
  #result = {};
  smalltalkStack = [];

  constructor(source, imageName) {
    this.#source = typeof source === 'string' ? source : new TextDecoder('latin1').decode(source);
    this.#imageName = imageName;
  }

  // The exit code.
  async run(machine) {
    if (!machine.hasClass('Compiler')) {
      throw new HostError(`${this.#imageName} takes no start-up script (-s FILE, as Cuis images do) and has no class ` +
        'Compiler: it cannot be given code to evaluate');
    }
    const quoted = this.#source.replaceAll("'", "''");
    try {
      this.#result = { value: encode(await machine.evaluate(`(Compiler evaluate: '${quoted}') printString`)) };
      return 0;
    } catch (error) {
      if (error.name !== 'SmalltalkError') throw error;
      this.#result = { error: encode(error.message) };
      this.smalltalkStack = error.smalltalkStack;
      return 1;
    }
  }

  result() {
    return this.#result;
  }
}
