// A host without screen and sound: the image draws on its Display form and nobody sees it.

const kDefaultWindowSize = (1024 << 16) | 768;

// As OpenSmalltalk's null display: the window size that the image was saved with.
export function headlessDisplayImports(transfer, savedWindowSize) {
  let clipboard = '';
  return {
    screenSize: () => savedWindowSize || kDefaultWindowSize,
    displayChanged: () => {},
    displayShow: () => {},
    cursor: () => {},
    fullScreen: () => {},
    nextEvent: () => 0,
    dropFileName: () => -1,
    beep: () => {},
    soundStart: () => -1,
    soundStop: () => {},
    soundSpace: () => -1,
    soundPlay: () => -1,
    soundVolume: () => {},
    clipboardRead: (pointer) => transfer.putString(pointer, clipboard),
    clipboardWrite: (pointer, length) => {
      clipboard = transfer.string(pointer, length);
    },
  };
}
