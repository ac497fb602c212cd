// The JPEG imports of the module: bytes come in pieces, rows of pixels and files go out in pieces.
import { JpegDecoder } from './jpeg_decoder.mjs';
import { encodeJpeg } from './jpeg_encoder.mjs';

export function jpegImports(transfer) {
  let pieces = [];       // what has been handed in for the next call
  let pixels = null;     // what has been decoded
  let rowLength = 0;
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
  const putHeader = ({ width, height, components }) => {
    const view = transfer.view(0, 12);
    [width, height, components].forEach((value, i) => view.setInt32(4 * i, value, true));
  };
  const headerOf = (bytes) => {
    try {
      return new JpegDecoder(bytes).readHeader();
    } catch {
      return { width: 0, height: 0, components: 0 };
    }
  };
  const decode = (bytes) => {
    try {
      return new JpegDecoder(bytes).decode();
    } catch {
      return null;
    }
  };

  return {
    jpegAppend: (pointer, count) => {
      pieces.push(transfer.bytes(pointer, count).slice());
    },
    jpegHeader: () => putHeader(headerOf(takePieces())),
    jpegDecode: () => {
      const bytes = takePieces();
      const header = headerOf(bytes);
      pixels = decode(bytes);
      rowLength = header.width * header.components;
      putHeader(header);
      return pixels === null ? 0 : header.components;
    },
    jpegRow: (row, pointer) => {
      transfer.bytes(pointer, rowLength).set(pixels.subarray(row * rowLength, (row + 1) * rowLength));
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
