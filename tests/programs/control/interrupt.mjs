// The user's interrupt from the host: it signals the Semaphore that the image has registered for it, whatever runs.
// node interrupt.mjs OUT
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { equal, finish, test } from '../../harness.mjs';

const { open } = await import(pathToFileURL(join(resolve(process.argv[2]), 'stwasm.mjs')));

// What the text answers when the host interrupts 300 ms after the image has started.
async function interrupted(evaluate, interpretOnly) {
  const image = await open({ evaluate, interpretOnly });
  const timer = setInterval(() => image.interrupt(), 300);
  await image.run();
  clearInterval(timer);
  const { value, error } = image.evaluationResult();
  return new TextDecoder().decode(value ?? error);
}

const registered = `| s n p | s := Semaphore new. n := 0. Smalltalk specialObjectsArray at: 31 put: s. p := Processor activeProcess.
  [s wait. n := n + 1. p signalException: (Error new messageText: 'interrupted')] forkAt: Processor highIOPriority. `;

for (const interpretOnly of [false, true]) {
  const mode = interpretOnly ? '--interpret-only' : '';
  await test(`an endless loop ${mode}`, async () => {
    equal(await interrupted(`${registered} [[true] whileTrue: []] on: Error do: [:e | {e messageText. n}]`, interpretOnly), "#('interrupted' 1)");
  });
  await test(`translated code that calls itself ${mode}`, async () => {
    equal(await interrupted(`${registered} [60 benchFib] on: Error do: [:e | {e messageText. n}]`, interpretOnly), "#('interrupted' 1)");
  });
  await test(`an image that waits ${mode}`, async () => {
    equal(await interrupted(`${registered} [(Delay forSeconds: 100) wait] on: Error do: [:e | {e messageText. n}]`, interpretOnly), "#('interrupted' 1)");
  });
}
await test('without a Semaphore nothing happens', async () => {
  equal(await interrupted('Smalltalk specialObjectsArray at: 31 put: nil. (Delay forMilliseconds: 700) wait. 5', false), '5');
});
finish();
