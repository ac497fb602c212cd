// Sends messages to Smalltalk objects from Node: node counter.mjs FOLDER, where FOLDER is what `stwasm build` made.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = globalThis.process.argv[2] ?? '.';
const { open } = await import(pathToFileURL(resolve(folder, 'stwasm.mjs')));

const image = await open();
const Counter = await image.global('Counter');
const counter = await Counter.send('new');
console.log(await counter.send('increment'));
console.log(await counter.send('add:', 41));
console.log(await counter.printString());
console.log(await image.send(1000, 'factorial').then(String).then((digits) => digits.length));
try {
  await counter.send('add:', -42);
  await counter.send('decrement');
} catch (error) {
  console.log(`${error.className}: ${error.description}`);
}
