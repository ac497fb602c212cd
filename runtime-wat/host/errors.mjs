// The failures that the host reports to the person who runs an image: one sentence, an exit code.
import { wasmFrames } from './native_stack.mjs';

export const kExitFailure = 1;
export const kExitUsage = 2;
export const kExitTrap = 70;

export class HostError extends Error {
  constructor(message, { exitCode = kExitFailure, cause } = {}) {
    super(message, { cause });
    this.name = 'HostError';
    this.exitCode = exitCode;
  }
}

// What can be told of a trap, or of an error in the host's own code, that ended a run.
export function describeTrap(error) {
  if (error instanceof HostError) return error;
  const active = wasmFrames(error).map(({ name }) => name).filter((name) => name !== null).slice(0, 6);
  const where = active.length > 0 ? ` in ${active.join(', called from ')}` : '';
  const wasm = globalThis.WebAssembly?.RuntimeError;
  const isTrap = (wasm && error instanceof wasm) || isStackExhaustion(error);
  const what = isTrap ? 'the image trapped' : 'the host failed';
  return new HostError(`${what}: ${error?.message ?? error}${where}`, { exitCode: kExitTrap, cause: error });
}

// Engines throw it as an error of JavaScript's, also where WebAssembly used the stack up.
function isStackExhaustion(error) {
  return error instanceof RangeError && /call stack/i.test(error.message);
}
