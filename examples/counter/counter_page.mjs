// The page's side of the counter: each click sends a message, the button shows what Smalltalk answers.
import { open } from './stwasm.mjs';

const image = await open();
const Counter = await image.global('Counter');
const counter = await Counter.send('new');
const button = globalThis.document.getElementById('count');
button.addEventListener('click', async () => {
  button.textContent = await counter.send('increment');
});
button.disabled = false;
