// Prints what an engine's own stack trace says of an error in the host that a Smalltalk program ran into, and the Smalltalk
// stack made of it. ENGINE engine_stack.mjs FOLDER (a build of failing.st)
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { open } = await import(pathToFileURL(join(resolve(process.argv[2]), 'stwasm.mjs')));
let armed = false;
const trace = (name) => {
  if (armed && name === 'fileWrite') throw new TypeError('the pipe is broken');
};
const image = await open({ trace });
const failing = await image.send(await image.global('Failing'), 'new');
armed = true;
try {
  await image.send(failing, 'writeEach:', ['x']);
} catch (error) {
  armed = false;
  console.log(JSON.stringify({ engine: error.cause.stack, smalltalk: error.smalltalkStack }));
}
process.exit();
