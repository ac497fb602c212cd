// The colours of Forms with up to 8 bits a pixel, as canvases have them (alpha, blue, green, red from the top of a word):
// white, black and the six pure colours, greys, and a cube of six levels each.

const grey = (level) => 0xff000000 | (level << 16) | (level << 8) | level;
const colour = (red, green, blue) => (0xff000000 | (blue << 16) | (green << 8) | red);

const kFirst = [
  grey(255), grey(0), grey(255), grey(128), colour(255, 0, 0), colour(0, 255, 0), colour(0, 0, 255), colour(0, 255, 255),
  colour(255, 255, 0), colour(255, 0, 255),
];
// In 32nds of white; those of the fourth bit's depth come first.
const kGreys = [4, 8, 12, 20, 24, 28];

export function standardPalette() {
  const greys = [...kGreys, ...Array.from({ length: 31 }, (_, i) => i + 1).filter((level) => level % 4 !== 0)];
  const cube = [];
  for (let red = 0; red < 6; red++) {
    for (let blue = 0; blue < 6; blue++) {
      for (let green = 0; green < 6; green++) cube.push(colour(51 * red, 51 * green, 51 * blue));
    }
  }
  return Uint32Array.from([...kFirst, ...greys.map((level) => grey(Math.floor(level * 255 / 32))), ...cube]);
}
