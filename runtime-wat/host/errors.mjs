// The failures that the host reports to the person who runs an image: one sentence, an exit code.

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

// The functions of the module that were active when it stopped, youngest first.
function activeFunctions(stack) {
  const names = [];
  for (const line of String(stack ?? '').split('\n')) {
    const match = /^\s*at (?:async )?(\S+) \(wasm:/.exec(line) ?? /^(\S+)@.*wasm-function/.exec(line);
    if (match) names.push(match[1].replace(/^.*?\.\$?/, ''));
  }
  return names;
}

// What can be told of a trap, or of an error in the host's own code, that ended a run.
export function describeTrap(error) {
  if (error instanceof HostError) return error;
  const active = activeFunctions(error?.stack).slice(0, 6);
  const where = active.length > 0 ? ` in ${active.join(', called from ')}` : '';
  const wasm = globalThis.WebAssembly?.RuntimeError;
  const what = wasm && error instanceof wasm ? 'the image trapped' : 'the host failed';
  return new HostError(`${what}: ${error?.message ?? error}${where}`, { exitCode: kExitTrap, cause: error });
}
