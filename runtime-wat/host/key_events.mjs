// The keyboard: keys, characters that dead keys and input methods compose, soft keyboards, and the clipboard, whose text
// browsers give away with a gesture only.
import { kKey, kModifier } from './event_queue.mjs';
import { modifiersOf } from './pointer_events.mjs';

// Keys without a character have these codes.
const kSpecialKeys = new Map([
  ['Home', 1], ['End', 4], ['Insert', 5], ['Backspace', 8], ['Tab', 9], ['PageUp', 11], ['PageDown', 12], ['Enter', 13],
  ['Escape', 27], ['ArrowLeft', 28], ['ArrowRight', 29], ['ArrowUp', 30], ['ArrowDown', 31], ['Delete', 127],
]);
// The browser's own, besides those that it never gives away.
const kLeftAlone = /^F\d+$/;

const isCharacter = (key) => [...key].length === 1;

// A key's own code: its letter in upper case, for what has a character.
const codeOf = (key) => kSpecialKeys.get(key) ?? Math.min(255, key.toUpperCase().codePointAt(0));

// target: a text field that has the focus, so that input methods and soft keyboards work. It stays empty.
export class KeyEvents {
  #target;
  #queue;
  #clipboard;
  #isMac;

  constructor(target, queue, clipboard, { isMac, signal }) {
    this.#target = target;
    this.#queue = queue;
    this.#clipboard = clipboard;
    this.#isMac = isMac;
    const on = (name, handler) => target.addEventListener(name, handler, { signal });
    on('keydown', (event) => this.#keyDown(event));
    on('keyup', (event) => this.#keyUp(event));
    on('input', (event) => this.#input(event));
    on('compositionend', () => this.#takeText());
    on('paste', (event) => this.#paste(event));
    for (const name of ['copy', 'cut']) on(name, (event) => event.preventDefault());
  }

  #isLeftAlone(event) {
    return event.isComposing || event.keyCode === 229 || kLeftAlone.test(event.key) || event.key === 'Unidentified' ||
      !(kSpecialKeys.has(event.key) || isCharacter(event.key)) || (event.ctrlKey && event.shiftKey && /^[IJC]$/.test(event.key));
  }

  // On a Macintosh, option makes other characters.
  #modifiers(event) {
    const modifiers = modifiersOf(event, this.#isMac);
    return this.#isMac && isCharacter(event.key) ? modifiers & ~kModifier.option : modifiers;
  }

  #keyDown(event) {
    if (this.#isLeftAlone(event)) return;
    const modifiers = this.#modifiers(event);
    const isCommand = (modifiers & (kModifier.control | kModifier.command)) !== 0;
    // The text to be pasted comes with an event of its own, after this one.
    if (isCommand && event.key.toLowerCase() === 'v' && (event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#type(event.key, modifiers, !event.repeat);
  }

  #type(key, modifiers, isFirst) {
    if (isFirst) this.#queue.key(kKey.down, codeOf(key), modifiers);
    const unicode = kSpecialKeys.get(key) ?? key.codePointAt(0);
    this.#queue.key(kKey.char, Math.min(unicode, 255), modifiers, unicode);
  }

  #keyUp(event) {
    if (!this.#isLeftAlone(event)) this.#queue.key(kKey.up, codeOf(event.key), this.#modifiers(event));
  }

  // What a soft keyboard or a dead key wrote into the field.
  #input(event) {
    if (event.isComposing) return;
    if (event.inputType === 'deleteContentBackward') this.#press('Backspace');
    this.#takeText();
  }

  #takeText() {
    const text = this.#target.value;
    this.#target.value = '';
    for (const character of text) this.#press(character === '\n' ? 'Enter' : character);
  }

  #press(key, modifiers = 0) {
    this.#type(key, modifiers, true);
    this.#queue.key(kKey.up, codeOf(key), modifiers);
  }

  #paste(event) {
    event.preventDefault();
    this.#clipboard.receive(event.clipboardData.getData('text/plain'));
    this.#press('v', this.#isMac ? kModifier.command : kModifier.control);
  }
}

// The image's view of the clipboard: what was pasted into the page or copied in the image last.
export class Clipboard {
  #text = '';
  #permissions;

  constructor(permissions) {
    this.#permissions = permissions;
  }

  receive(text) {
    this.#text = text;
  }

  imports(transfer) {
    return {
      clipboardRead: (pointer) =>
        (this.#permissions.allows('clipboard', 'reading the clipboard') ? transfer.putString(pointer, this.#text) : -1),
      clipboardWrite: (pointer, length) => {
        const text = transfer.string(pointer, length);
        if (!this.#permissions.allows('clipboard', 'writing the clipboard') || text === this.#text) return;
        this.#text = text;
        navigator.clipboard?.writeText(text.replaceAll('\r', '\n')).catch(() => {});
      },
    };
  }
}
