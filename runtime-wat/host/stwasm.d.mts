// The interface of a built folder: import { open } from './stwasm.mjs'.

/** A Smalltalk object that JavaScript holds. The same object is the same SmalltalkObject each time. */
export interface SmalltalkObject {
  send(selector: string, ...values: unknown[]): Promise<Value>;
  printString(): Promise<string>;
}

/**
 * What Smalltalk answers: nil is null; Strings, Symbols and Characters are strings; Integers are numbers where these are
 * exact, else bigints; Arrays and ByteArrays are copied; a block is a function that answers a promise; an object of
 * JavaScript's is itself; everything else is a SmalltalkObject.
 */
export type Value =
  | null | boolean | number | bigint | string | Uint8Array | Value[] | ((...values: unknown[]) => Promise<Value>)
  | SmalltalkObject | object;

/** An activation of Smalltalk code. It can be written as JSON. */
export interface SmalltalkFrame {
  /** The class that the method belongs to; 'Point class' for the class side. */
  className: string;
  selector: string;
  /** Whether it is one of the method's blocks. */
  block: boolean;
  /** In the method's source, from 1; null where the folder was built without --debug, or the method has no source. */
  line: number | null;
  /**
   * Smalltalk's pc, behind the send that the activation waits for; null for an activation that a trap ended, where the folder was
   * built without --debug.
   */
  pc: number | null;
  /** As its printString might begin, made without running Smalltalk; null where that is not known after a trap, as the pc. */
  receiver: string | null;
  arguments: string[];
  /** Methods of the same code that an optimised module does not tell from this one, as 'Class>>selector'. */
  alike?: string[];
}

/** An error in Smalltalk that nothing there handled. */
export interface SmalltalkError extends Error {
  className: string;
  description: string;
  /** Where it was signalled, youngest activation first. */
  smalltalkStack: SmalltalkFrame[];
}

/**
 * What ends an image: a trap of the module, an error of the host's own code (then `cause`), no memory, no process that could run, a
 * state that its own protocol cannot handle.
 */
export interface HostError extends Error {
  exitCode: number;
  /** Where the image was then. */
  smalltalkStack?: SmalltalkFrame[];
}

export interface Permissions {
  /** The module JavaScript: whether the image may reach JavaScript's globals, or which of them. Default true. */
  javascript?: boolean | string[];
  /** window, document and what belongs to them. Default false. */
  dom?: boolean;
  /** Origins for fetch, sockets and WebSockets ('https://example.org', '*.example.org'); true: all. Default none. */
  network?: boolean | string[];
  /** localStorage, IndexedDB and caches as JavaScript objects; the image's files need no permission. Default false. */
  storage?: boolean;
  /** Default true; browsers ask for a gesture of the user besides. */
  clipboard?: boolean;
  /** Default true. */
  sound?: boolean;
}

export interface OpenOptions {
  permissions?: Permissions;
  /** Smalltalk startUpArguments. */
  imageArguments?: string[];
  /** Told of each line that the image writes on its standard streams; only in a page. */
  onOutput?: (line: string) => void;
  onError?: (line: string) => void;
  /** Bytes of the .wasm and the heap that have been loaded, and all of them; only in a page. */
  onProgress?: (done: number, all: number) => void;
  /** Told of the milliseconds of each time slice. */
  onSlice?: (milliseconds: number) => void;
  /** A canvas as the image's display: new Desktop(canvas), from './desktop.mjs'. Without it nothing is shown. */
  display?: object;
  /** Keep the image's files in the browser. Default false. */
  keepFiles?: boolean;
  /** Rest while nobody sees the page and no call waits; only in a page. Default false. */
  sleepWhenHidden?: boolean;
  /** Run all code in the bytecode interpreter. */
  interpretOnly?: boolean;
}

export interface Image {
  /** Runs the image until it quits and answers its exit code. Calls run it too, as long as somebody waits for an answer. */
  run(): Promise<number>;
  /** The error that the image has ended with because nothing in it handled it; also what calls are rejected with then. */
  readonly unhandledError: SmalltalkError | null;
  /** The user's interrupt (on a keyboard: Ctrl-period or Cmd-period). */
  interrupt(): void;
  /** The value of an expression or of several statements, compiled by the image's own Compiler. */
  evaluate(source: string): Promise<Value>;
  /** Sends a message; arrays and Uint8Arrays are copied to Arrays and ByteArrays. An unhandled error rejects the promise. */
  send(receiver: unknown, selector: string, ...values: unknown[]): Promise<Value>;
  /** A class, or another global variable. */
  global(name: string): Promise<Value>;
  /** A Symbol as an argument; a string would become a String. */
  symbol(name: string): Promise<SmalltalkObject>;
  /** Files in a text in chunk format, such as javascript.st. */
  fileIn(source: string): Promise<void>;
  /** Waits until what the image has written is kept. */
  saveFiles(): Promise<void>;
  /** A zip archive of the files that the image made or changed. */
  exportFiles(): Promise<Blob>;
  /** A zip archive's files, or one file, become files of the image; answers how many. */
  importFiles(file: Blob): Promise<number>;
  /** What the permissions refused, and how often. */
  refusals(): [what: string, count: number][];
}

/** Loads the image of the folder that stwasm.mjs is in. */
export function open(options?: OpenOptions): Promise<Image>;
