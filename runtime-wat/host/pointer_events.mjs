// Mouse, pen and touch as the image's mouse. A finger that rests, or a second one that taps, is the right button; two
// fingers that move scroll.
import { kButton, kKey, kModifier } from './event_queue.mjs';

const kLongPress = 450;           // milliseconds
const kSteady = 8;                // pixels of the page that a resting finger may move
const kWheelStep = 40;            // pixels of wheel movement for one line
const kArrows = { left: 28, right: 29, up: 30, down: 31 };

// isMac: its command key is meta, and alt is option
export function modifiersOf(event, isMac) {
  const isThirdLevel = event.getModifierState?.('AltGraph') === true;
  return (event.shiftKey ? kModifier.shift : 0)
    | (event.ctrlKey && !isThirdLevel ? kModifier.control : 0)
    | (event.altKey && !isThirdLevel ? (isMac ? kModifier.option : kModifier.command) : 0)
    | (event.metaKey ? kModifier.command : 0);
}

const buttonsOf = ({ buttons }) =>
  (buttons & 1 ? kButton.left : 0) | (buttons & 2 ? kButton.right : 0) | (buttons & 4 ? kButton.middle : 0);

// One or two fingers.
class Touches {
  #send;
  #wheel;
  #points = new Map();
  #state = 'none';                // waiting, pressed, two
  #timer = null;
  #button = kButton.left;

  // send: (clientX, clientY, buttons); wheel: (dx, dy)
  constructor(send, wheel) {
    this.#send = send;
    this.#wheel = wheel;
  }

  down({ pointerId, clientX, clientY }) {
    this.#points.set(pointerId, { x: clientX, y: clientY, startX: clientX, startY: clientY });
    if (this.#points.size === 1) {
      this.#state = 'waiting';
      this.#button = kButton.left;
      this.#send(clientX, clientY, 0);
      this.#timer = setTimeout(() => this.#press(kButton.right), kLongPress);
    } else if (this.#state === 'waiting') {
      clearTimeout(this.#timer);
      this.#state = 'two';
    }
  }

  #press(button) {
    clearTimeout(this.#timer);
    const [point] = this.#points.values();
    this.#button = button;
    this.#state = 'pressed';
    this.#send(point.startX, point.startY, button);
  }

  move({ pointerId, clientX, clientY }) {
    const point = this.#points.get(pointerId);
    if (point === undefined) return;
    const [dx, dy] = [clientX - point.x, clientY - point.y];
    [point.x, point.y] = [clientX, clientY];
    const distance = Math.hypot(clientX - point.startX, clientY - point.startY);
    if (distance > kSteady) point.moved = true;
    if (this.#state === 'waiting' && distance > kSteady) this.#press(kButton.left);
    if (this.#state === 'pressed') this.#send(clientX, clientY, this.#button);
    else if (this.#state === 'two') this.#wheel(-dx / 2, -dy / 2);
  }

  up({ pointerId, clientX, clientY }, isCancelled) {
    const point = this.#points.get(pointerId);
    if (point === undefined) return;
    if (this.#state === 'waiting') {
      if (isCancelled) clearTimeout(this.#timer);
      else this.#press(kButton.left);
    }
    const isTap = this.#state === 'two' && this.#points.size === 2 && [...this.#points.values()].every(({ moved }) => !moved);
    this.#points.delete(pointerId);
    if (isTap && !isCancelled) {
      this.#send(clientX, clientY, kButton.right);
      this.#send(clientX, clientY, 0);
    }
    if (this.#points.size > 0) return;
    if (this.#state === 'pressed') this.#send(clientX, clientY, 0);
    this.#state = 'none';
  }
}

// The wheel as images of this age have it: arrow keys with control, a key for each line.
class Wheel {
  #queue;
  #rest = { x: 0, y: 0 };

  constructor(queue) {
    this.#queue = queue;
  }

  turn(dx, dy, modifiers) {
    this.#rest.x += dx;
    this.#rest.y += dy;
    for (const [axis, less, more] of [['x', kArrows.left, kArrows.right], ['y', kArrows.up, kArrows.down]]) {
      for (; Math.abs(this.#rest[axis]) >= kWheelStep; this.#rest[axis] -= Math.sign(this.#rest[axis]) * kWheelStep) {
        const code = this.#rest[axis] < 0 ? less : more;
        this.#queue.key(kKey.down, code, modifiers | kModifier.control);
        this.#queue.key(kKey.char, code, modifiers | kModifier.control, code);
        this.#queue.key(kKey.up, code, modifiers | kModifier.control);
      }
    }
  }
}

const kLinePixels = [1, 40, 400];   // by WheelEvent.deltaMode

// onPress: called before the image hears of a pressed button, as long as the browser sees a gesture.
export function listenToPointers(target, screen, queue, { isMac, signal, onPress = () => {} }) {
  const send = (clientX, clientY, buttons, modifiers = 0) => {
    const { x, y } = screen.pointAt(clientX, clientY);
    queue.mouse(x, y, buttons, modifiers);
  };
  const wheel = new Wheel(queue);
  const touches = new Touches(send, (dx, dy) => wheel.turn(dx, dy, 0));
  const isTouch = (event) => event.pointerType === 'touch';
  const mouse = (event) => send(event.clientX, event.clientY, buttonsOf(event), modifiersOf(event, isMac));
  const on = (name, handler, options = {}) => target.addEventListener(name, handler, { signal, ...options });
  on('pointerdown', (event) => {
    onPress(event);
    event.preventDefault();
    target.setPointerCapture?.(event.pointerId);
    if (isTouch(event)) touches.down(event);
    else mouse(event);
  });
  on('pointermove', (event) => {
    if (isTouch(event)) touches.move(event);
    else mouse(event);
  });
  for (const name of ['pointerup', 'pointercancel']) {
    on(name, (event) => {
      if (isTouch(event)) touches.up(event, name === 'pointercancel');
      else mouse(event);
    });
  }
  on('wheel', (event) => {
    event.preventDefault();
    const factor = kLinePixels[event.deltaMode] ?? 1;
    wheel.turn(event.deltaX * factor, event.deltaY * factor, modifiersOf(event, isMac));
  }, { passive: false });
  on('contextmenu', (event) => event.preventDefault());
}
