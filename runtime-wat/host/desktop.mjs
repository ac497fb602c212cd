// A canvas of a page as screen, keyboard and mouse of an image; the page's sound.
import { DroppedFiles } from './dropped_files.mjs';
import { EventQueue, kWindow } from './event_queue.mjs';
import { headlessDisplayImports } from './headless_display.mjs';
import { Clipboard, KeyEvents } from './key_events.mjs';
import { listenToPointers } from './pointer_events.mjs';
import { Screen } from './screen.mjs';
import { Sound } from './sound.mjs';

// A short tone: the image's beep.
function beep() {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 880 });
  const volume = new GainNode(context, { gain: 0.1 });
  tone.connect(volume).connect(context.destination);
  tone.onended = () => context.close();
  tone.start();
  tone.stop(context.currentTime + 0.1);
}

export class Desktop {
  screen;
  queue = new EventQueue();
  sound = null;
  #canvas;
  #keys;
  #isMac;
  #stop = new AbortController();    // ends listening

  // canvas: it has a size by style. keys: a text field for input, made beside the canvas when there is none.
  // scale, onFirstFrame: see Screen. isMac: for tests.
  constructor(canvas, { keys = null, isMac = /Mac|iP(hone|ad)/.test(navigator.platform), ...screenOptions } = {}) {
    this.#canvas = canvas;
    this.#keys = keys ?? this.#makeKeys();
    this.#isMac = isMac;
    this.screen = new Screen(canvas, screenOptions);
  }

  // Nobody sees it, but it has the focus.
  #makeKeys() {
    const keys = document.createElement('textarea');
    Object.assign(keys.style, { position: 'absolute', width: '1px', height: '1px', opacity: 0, border: 0, padding: 0, resize: 'none' });
    for (const [name, value] of [['autocapitalize', 'off'], ['autocomplete', 'off'], ['spellcheck', 'false'], ['aria-label', 'keyboard']]) {
      keys.setAttribute(name, value);
    }
    this.#canvas.before(keys);
    return keys;
  }

  // What the module imports; listening begins here. context: { savedWindowSize, permissions, files }
  imports(transfer, context) {
    const clipboard = new Clipboard(context.permissions);
    const dropped = new DroppedFiles(context.files);
    this.sound = new Sound(context.permissions);
    this.#listen(clipboard, dropped);
    return {
      ...headlessDisplayImports(transfer, context.savedWindowSize),
      ...this.screen.imports(transfer),
      ...this.queue.imports(transfer),
      ...clipboard.imports(transfer),
      ...dropped.imports(transfer),
      ...this.sound.imports(transfer),
      beep: () => context.permissions.allows('sound') && beep(),
    };
  }

  #listen(clipboard, dropped) {
    const options = { isMac: this.#isMac, signal: this.#stop.signal };
    listenToPointers(this.#canvas, this.screen, this.queue, { ...options, onPress: () => this.focus() });
    new KeyEvents(this.#keys, this.queue, clipboard, options);
    dropped.listen(this.#canvas, this.screen, this.queue, options);
    const observer = new ResizeObserver(() => {
      const { width, height } = this.screen.size;
      this.queue.window(kWindow.metricChange, width, height);
    });
    observer.observe(this.#canvas);
    this.#stop.signal.addEventListener('abort', () => observer.disconnect());
  }

  attach(exports, machine) {
    this.screen.attach(exports);
    this.queue.attach(exports, () => machine.wake());
    this.sound.attach(exports, () => machine.wake());
  }

  focus() {
    this.#keys.focus({ preventScroll: true });
  }

  // The image hears that its window is to be closed.
  close() {
    this.queue.window(kWindow.close, 0, 0);
  }

  detach() {
    this.#stop.abort();
  }
}
