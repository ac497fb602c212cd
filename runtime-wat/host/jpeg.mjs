// The JPEG imports of the module: bytes come in pieces; rows of pixels (grey bytes, or 32-bit colours) and files go out in
// pieces.
import { JpegDecoder } from './jpeg_decoder.mjs';
import { encodeJpeg } from './jpeg_encoder.mjs';

export function jpegImports(transfer) {
  let pieces = [];       // what has been handed in for the next call
  let picture = null;    // a JpegPicture: what has been decoded
  let file = null;       // what has been encoded

  const takePieces = () => {
    const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    pieces = [];
    return all;
  };

  // Width, height and components go to the start of the transfer area: zeros for what is no JPEG file.
  const putHeader = (header) => {
    const { width, height, components } = header ?? { width: 0, height: 0, components: 0 };
    transfer.words(0, 3).set([width, height, components]);
  };
  const orNull = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };

  return {
    jpegAppend: (pointer, count) => {
      pieces.push(transfer.bytes(pointer, count).slice());
    },
    jpegHeader: () => {
      const bytes = takePieces();
      putHeader(orNull(() => new JpegDecoder(bytes).readHeader()));
    },
    jpegDecode: () => {
      const bytes = takePieces();
      picture = orNull(() => new JpegDecoder(bytes).decode());
      putHeader(picture);
      return picture?.components ?? 0;
    },
    jpegRow: (row, pointer) => {
      const { width, height, components } = picture;
      picture.putRow(row, components === 1 ? transfer.bytes(pointer, width) : transfer.words(pointer, width));
      if (row === height - 1) picture = null;
    },
    jpegEncode: (width, height, components, quality, progressive) => {
      file = encodeJpeg({ pixels: takePieces(), width, height, components, quality, progressive: progressive !== 0 });
      return file.length;
    },
    jpegTake: (offset, pointer, count) => {
      transfer.bytes(pointer, count).set(file.subarray(offset, offset + count));
    },
  };
}
