// A decoded JPEG file: rows of pixels out of the samples of its components, of which some may have fewer than there are
// pixels.

// What the differences of blue and red from the brightness add to each colour, for all their bytes.
const kPointBits = 16;
const differences = (factor, rounding = 0) =>
  Int32Array.from({ length: 256 }, (_, byte) => Math.round(factor * (byte - 128) * (1 << kPointBits)) + rounding);
const kHalf = 1 << (kPointBits - 1);
const kRedOfRed = differences(1.402).map((value) => (value + kHalf) >> kPointBits);
const kGreenOfRed = differences(-0.714136286, kHalf);
const kGreenOfBlue = differences(-0.344136286);
const kBlueOfBlue = differences(1.772).map((value) => (value + kHalf) >> kPointBits);

// The nearest byte to what is at most 256 away from one.
const kNearest = Uint8Array.from({ length: 768 }, (_, i) => Math.max(0, Math.min(255, i - 256)));
const kOpaque = 0xFF << 24;

// Rows of one component in the picture's width. Of two samples for one, each lies between two old ones, nearer to one of
// them; of more, all are copies.
class ComponentRows {
  samples;               // the selected row begins at `at`
  at = 0;
  #component;
  #frame;
  #across;
  #down;
  #isWhole;
  #between;              // a row between two rows of samples

  constructor(component, frame) {
    this.#component = component;
    this.#frame = frame;
    this.#across = frame.across / component.across;
    this.#down = frame.down / component.down;
    this.#isWhole = this.#across % 1 === 0 && this.#down % 1 === 0;
    this.samples = this.#across === 1 && this.#isWhole ? component.samples : new Uint8Array(frame.width);
    if (this.#down === 2) this.#between = new Uint8Array(component.width);
  }

  select(y) {
    const { samples, stride } = this.#component;
    const row = Math.floor(y / this.#down);
    if (this.#isWhole && this.#down === 2) this.#putBetween(row, y % 2 === 0 ? -1 : 1);
    const [from, at] = this.#isWhole && this.#down === 2 ? [this.#between, 0] : [samples, row * stride];
    if (this.#isWhole && this.#across === 1) [this.samples, this.at] = [from, at];
    else if (this.#isWhole && this.#across === 2) this.#putDoubled(from, at);
    else for (let x = 0; x < this.samples.length; x++) this.samples[x] = from[at + Math.floor(x / this.#across)];
  }

  #putBetween(row, direction) {
    const { samples, stride, height, width } = this.#component;
    const near = row * stride;
    const far = Math.max(0, Math.min(height - 1, row + direction)) * stride;
    for (let x = 0; x < width; x++) this.#between[x] = (3 * samples[near + x] + samples[far + x] + 2) >> 2;
  }

  #putDoubled(from, at) {
    const last = at + this.#component.width - 1;
    const to = this.samples;
    for (let x = 0; x < to.length; x++) {
      const near = at + (x >> 1);
      const far = (x & 1) === 0 ? Math.max(at, near - 1) : Math.min(last, near + 1);
      to[x] = (3 * from[near] + from[far] + 2) >> 2;
    }
  }
}

function putColours(pixels, red, green, blue) {
  for (let x = 0; x < pixels.length; x++) {
    pixels[x] = kOpaque | red.samples[red.at + x] << 16 | green.samples[green.at + x] << 8 | blue.samples[blue.at + x];
  }
}

function putBrightness(pixels, brightness, blues, reds) {
  const [lights, blueSamples, redSamples] = [brightness.samples, blues.samples, reds.samples];
  const [lightsAt, bluesAt, redsAt] = [brightness.at, blues.at, reds.at];
  for (let x = 0; x < pixels.length; x++) {
    const light = lights[lightsAt + x] + 256;
    const blue = blueSamples[bluesAt + x];
    const red = redSamples[redsAt + x];
    pixels[x] = kOpaque | kNearest[light + kRedOfRed[red]] << 16
      | kNearest[light + ((kGreenOfRed[red] + kGreenOfBlue[blue]) >> kPointBits)] << 8 | kNearest[light + kBlueOfBlue[blue]];
  }
}

export class JpegPicture {
  #rows;
  #isRgb;

  constructor(frame, isRgb) {
    this.width = frame.width;
    this.height = frame.height;
    this.components = frame.components.length;
    this.#rows = frame.components.map((component) => new ComponentRows(component, frame));
    this.#isRgb = isRgb;
  }

  // A row of grey bytes, or of opaque 32-bit colours; `pixels` has one place for each.
  putRow(y, pixels) {
    for (const row of this.#rows) row.select(y);
    if (this.components === 1) {
      const [{ samples, at }] = this.#rows;
      pixels.set(samples.subarray(at, at + this.width));
    } else if (this.#isRgb) putColours(pixels, ...this.#rows);
    else putBrightness(pixels, ...this.#rows);
  }
}
