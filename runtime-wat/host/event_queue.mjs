// Events for the image: arrays of eight integers, as getNextEvent gives them to it, waiting until it asks.
import { clockImports } from './clock.mjs';

export const kEvent = Object.freeze({ mouse: 1, keyboard: 2, dropFiles: 3, window: 5 });
export const kKey = Object.freeze({ char: 0, down: 1, up: 2 });
export const kModifier = Object.freeze({ shift: 1, control: 2, option: 4, command: 8 });
export const kButton = Object.freeze({ right: 1, middle: 2, left: 4 });
export const kWindow = Object.freeze({ metricChange: 1, close: 2, activated: 4 });
export const kDrop = Object.freeze({ drop: 4 });

const kWords = 8;
const kOnlyWindow = 1;
// An image that does not ask for events must not fill the memory.
const kMostEvents = 1000;

// For so long after the pointer has moved, the image hears of its position again when it would hear that there is nothing:
// Cuis sleeps for longer than a picture of the browser lasts whenever it finds no event, and what is dragged would
// stutter. In between it is told so often that there is nothing, since it looks ahead for more moves to join them.
const kAttentionMilliseconds = 25;
const kDryAnswers = 2;

const { utcMicroseconds } = clockImports();

// The image's millisecond clock, which wraps.
export const eventTime = () => Number((utcMicroseconds() / 1000n) & 0x1fffffffn);

export class EventQueue {
  #events = [];
  #exports = null;
  #wake = () => {};
  #moved = { time: -Infinity, event: null };
  #dryAnswers = 0;                // how often the image has heard that there is nothing, since its last event

  attach(exports, wake) {
    this.#exports = exports;
    this.#wake = wake;
  }

  #add(type, ...values) {
    if (this.#events.length >= kMostEvents) this.#events.shift();
    const event = Array.from({ length: kWords }, (_, i) => [type, eventTime(), ...values][i] ?? 0);
    event[kWords - 1] = kOnlyWindow;
    this.#events.push(event);
    if (this.#exports === null) return;
    const semaphore = this.#exports.inputSemaphore();
    if (semaphore > 0) this.#exports.signalExternal(semaphore);
    this.#wake();
  }

  mouse(x, y, buttons, modifiers) {
    if (this.#exports !== null) {
      this.#exports.mouseX.value = x;
      this.#exports.mouseY.value = y;
      this.#exports.mouseButtons.value = buttons | (modifiers << 3);
    }
    this.#add(kEvent.mouse, x, y, buttons, modifiers);
    this.#moved = { time: performance.now(), event: this.#events.at(-1) };
  }

  // code: the key's own for down and up; unicode: the character's
  key(press, code, modifiers, unicode = 0) {
    this.#add(kEvent.keyboard, code, press, modifiers, unicode);
  }

  window(action, width, height) {
    this.#add(kEvent.window, action, 0, 0, width, height);
  }

  drop(x, y, modifiers, count) {
    this.#add(kEvent.dropFiles, kDrop.drop, x, y, modifiers, count);
  }

  // The last position.
  #again() {
    const { time, event } = this.#moved;
    if (this.#dryAnswers < kDryAnswers || performance.now() - time > kAttentionMilliseconds) return null;
    return event.with(1, eventTime());
  }

  get length() {
    return this.#events.length;
  }

  // Whether input waits, or more of it is to be expected at once.
  get isBusy() {
    return this.#events.length > 0 || performance.now() - this.#moved.time <= kAttentionMilliseconds;
  }

  imports(transfer) {
    return {
      nextEvent: (pointer) => {
        const event = this.#events.shift() ?? this.#again();
        this.#dryAnswers = event === null ? this.#dryAnswers + 1 : 0;
        if (event === null) return 0;
        transfer.words(pointer, kWords).set(event);
        return 1;
      },
    };
  }
}
