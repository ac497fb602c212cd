// A Spur image as bytes that a test may damage: finds objects and methods by walking the heap, and
// overwrites words. 32-bit little-endian images only. Knows nothing of the translator's own reader.

// A slot count that says: the real one stands in the word before the header.
const overflowSlots = 255;

export class SpurImage {
  constructor(bytes) {
    this.bytes = Uint8Array.from(bytes);
    this.view = new DataView(this.bytes.buffer);
    this.headerSize = this.word(4);
    this.dataSize = this.word(8);
    this.baseAddress = this.word(12);
    this.specialObjects = this.word(16);
  }

  word(offset) {
    return this.view.getUint32(offset, true);
  }

  setWord(offset, value) {
    this.view.setUint32(offset, value, true);
    return this;
  }

  truncated(size) {
    return this.bytes.subarray(0, size);
  }

  // File offset of an object's header from its address.
  offsetOf(address) {
    return this.headerSize + address - this.baseAddress;
  }

  // The object whose header is at `offset`; `next` is where the following one starts.
  objectAt(offset) {
    let header = offset;
    let slotCount = this.bytes[header + 7];
    const overflow = slotCount === overflowSlots;
    if (overflow) {
      slotCount = this.word(header);
      header += 8;
    }
    const classIndex = this.word(header) & 0x3fffff;
    const format = (this.word(header) >>> 24) & 31;
    const body = header + 8;
    const next = body + Math.max(8, (slotCount * 4 + 7) & ~7);
    return { header, body, slotCount, classIndex, format, next };
  }

  *objects() {
    const end = this.headerSize + this.word(48);
    for (let offset = this.headerSize; offset + 16 < end; ) {
      const object = this.objectAt(offset);
      yield object;
      offset = object.next;
    }
  }

  // The first CompiledMethod with at least this many bytes of bytecode.
  findMethod(minimumBytecodes) {
    for (const object of this.objects()) {
      if (object.format < 24 || object.classIndex === 0) continue;
      const literals = (this.word(object.body) >>> 1) & 0x7fff;
      const start = object.body + 4 * (1 + literals);
      const end = object.body + 4 * object.slotCount - (object.format & 3);
      if (end - start >= minimumBytecodes) return { ...object, literals, start, end };
    }
    throw new Error('the image has no such method');
  }

  // The first object with fixed slots of its own, that is, an ordinary one.
  findPointerObject() {
    for (const object of this.objects()) {
      if (object.format === 1 && object.slotCount >= 2 && object.classIndex > 16) return object;
    }
    throw new Error('the image has no such object');
  }
}
