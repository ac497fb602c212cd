// The Display on a canvas. What the image shows is copied at once to a frame in linear memory, since it may draw over it
// in the same moment (a window that hangs at the cursor is drawn, shown and taken away again); the canvas gets the
// frame's damaged rectangles once for each picture of the browser.
import { cursorStyle } from './cursor.mjs';
import { standardPalette } from './palette.mjs';

const kPageSize = 65536;
const kPaletteBytes = 1024;
// Beyond so many, rectangles are joined.
const kMostRectangles = 12;

const area = ({ left, top, right, bottom }) => (right - left) * (bottom - top);

const joined = (a, b) => ({
  left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom),
});

// Rectangles that were damaged since they were taken last.
export class Damage {
  #rectangles = [];

  // A rectangle that costs no more than two of its own joins another one.
  add(rectangle) {
    if (area(rectangle) <= 0 || rectangle.right <= rectangle.left) return;
    const near = this.#rectangles.findIndex((other) => area(joined(other, rectangle)) <= area(other) + area(rectangle));
    if (near >= 0) rectangle = joined(rectangle, this.#rectangles.splice(near, 1)[0]);
    this.#rectangles.push(rectangle);
    if (this.#rectangles.length > kMostRectangles) this.#rectangles = [this.#rectangles.reduce(joined)];
  }

  get isEmpty() {
    return this.#rectangles.length === 0;
  }

  take() {
    return this.#rectangles.splice(0);
  }
}

export class Screen {
  #canvas;
  #context;
  #scale;
  #exports = null;
  #changed = new Damage();        // drawn by the image, not copied yet
  #shown = new Damage();          // copied to the frame, not on the canvas yet
  #width = 0;
  #height = 0;
  #image = null;                  // the frame as ImageData
  #requested = false;
  #frames = 0;
  #onFirstFrame;

  // scale: pixels of the Display for one of the page's. onFirstFrame: called when there is something to be seen.
  constructor(canvas, { scale = 1, onFirstFrame = () => {} } = {}) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false });
    this.#scale = scale;
    this.#onFirstFrame = onFirstFrame;
  }

  attach(exports) {
    this.#exports = exports;
  }

  // Pictures drawn so far.
  get frames() {
    return this.#frames;
  }

  // The size that the image is to give its Display.
  get size() {
    const { clientWidth, clientHeight } = this.#canvas;
    const pixels = (length) => Math.min(0x7fff, Math.max(1, Math.round(length * this.#scale)));
    return { width: pixels(clientWidth), height: pixels(clientHeight) };
  }

  // A point of the page in the Display's pixels.
  pointAt(clientX, clientY) {
    const box = this.#canvas.getBoundingClientRect();
    return {
      x: Math.floor((clientX - box.left) * this.#canvas.width / box.width),
      y: Math.floor((clientY - box.top) * this.#canvas.height / box.height),
    };
  }

  imports(transfer) {
    return {
      screenSize: () => {
        const { width, height } = this.size;
        return (width << 16) | height;
      },
      displayChanged: (left, top, right, bottom) => this.#note(this.#changed, { left, top, right, bottom }),
      displayShow: (left, top, right, bottom) => {
        this.#checkSize();
        this.#copy({ left, top, right, bottom });
      },
      cursor: () => {
        this.#canvas.style.cursor = cursorStyle(transfer);
      },
      fullScreen: (on) => this.fullScreen(on !== 0),
    };
  }

  // Browsers allow it right after a gesture of the user's.
  fullScreen(on) {
    const { ownerDocument } = this.#canvas;
    const change = on ? this.#canvas.parentElement.requestFullscreen?.() : ownerDocument.fullscreenElement && ownerDocument.exitFullscreen();
    change?.catch?.(() => {});
  }

  #note(damage, rectangle) {
    damage.add(rectangle);
    if (this.#requested) return;
    this.#requested = true;
    requestAnimationFrame(() => this.#present());
  }

  // The Display may have become another Form.
  #checkSize() {
    const size = this.#exports.displaySize();
    const [width, height] = [size >>> 16, size & 0xffff];
    const { memory, heapBase } = this.#exports;
    if (width === this.#width && height === this.#height && this.#image?.data.buffer === memory.buffer) return;
    const isResized = width !== this.#width || height !== this.#height;
    [this.#width, this.#height] = [width, height];
    if (width === 0 || height === 0) {
      this.#image = null;
      return;
    }
    const missing = this.#frame + 4 * width * height - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / kPageSize));
    new Uint32Array(memory.buffer, heapBase.value, kPaletteBytes / 4).set(standardPalette());
    this.#image = new ImageData(new Uint8ClampedArray(memory.buffer, this.#frame, 4 * width * height), width, height);
    if (!isResized) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#copy({ left: 0, top: 0, right: width, bottom: height });
  }

  // The frame stands where the heap file was while it was loaded.
  get #frame() {
    return this.#exports.heapBase.value + kPaletteBytes;
  }

  #copy({ left, top, right, bottom }) {
    if (this.#image === null) return;
    const rectangle = {
      left: Math.max(0, left), top: Math.max(0, top), right: Math.min(this.#width, right), bottom: Math.min(this.#height, bottom),
    };
    if (rectangle.left >= rectangle.right || rectangle.top >= rectangle.bottom) return;
    const copied = this.#exports.copyDisplay(
      rectangle.left, rectangle.top, rectangle.right, rectangle.bottom, this.#frame, this.#exports.heapBase.value);
    if (copied !== 0) this.#note(this.#shown, rectangle);
  }

  #present() {
    if (!this.#changed.isEmpty) {
      this.#checkSize();
      for (const rectangle of this.#changed.take()) this.#copy(rectangle);
    }
    this.#requested = false;
    if (this.#shown.isEmpty || this.#image === null) return;
    this.#checkSize();
    for (const { left, top, right, bottom } of this.#shown.take()) {
      this.#context.putImageData(this.#image, 0, 0, left, top, right - left, bottom - top);
    }
    if (this.#frames++ === 0) this.#onFirstFrame();
  }
}
