// The file imports of the module: handles for open files of the virtual file system, positions,
// standard streams, directory entries.
import { secondsSince1901 } from './clock.mjs';
import { encode, kTransferSize } from './transfer.mjs';

const kOk = 0;
const kNoMoreEntries = 1;
const kBadPath = 2;
const kEntryNameOffset = 32;

// An open file of the virtual file system with its position.
class OpenFile {
  position = 0;

  constructor(file, writable) {
    this.file = file;
    this.writable = writable;
  }

  read(bytes) {
    const count = this.file.read(bytes, this.position);
    this.position += count;
    return count;
  }

  write(bytes) {
    if (!this.writable) return -1;
    const count = this.file.write(bytes, this.position);
    if (count > 0) this.position += count;
    return count;
  }

  size() {
    return this.file.size();
  }

  atEnd() {
    return this.position >= this.file.size();
  }

  truncate(size) {
    return this.writable && this.file.truncate(size);
  }

  flush() {
    this.file.flush();
  }

  close() {
    this.file.close();
  }
}

// A stream of a host without descriptors is to an image what a pipe is.
const kPipe = 2;

// One of the three standard streams; the platform has what really reads and writes.
class StandardStream {
  position = 0;
  #stream;
  #ended = false;

  constructor(stream) {
    this.#stream = stream;
  }

  read(bytes) {
    const count = this.#stream.read?.(bytes) ?? -1;
    this.#ended = count === 0 && bytes.length > 0;
    return count;
  }

  write(bytes) {
    return this.#stream.write?.(bytes) ?? -1;
  }

  size() {
    return 0;
  }

  atEnd() {
    return this.#ended;
  }

  streamType() {
    return this.#stream.type?.() ?? kPipe;
  }

  truncate() {
    return false;
  }

  flush() {
    this.#stream.flush?.();
  }

  close() {}
}

class FileTable {
  #open;

  constructor({ input, output, error }) {
    this.#open = [input, output, error].map((stream) => new StandardStream(stream));
  }

  add(openFile) {
    let handle = this.#open.indexOf(null);
    if (handle < 0) handle = this.#open.length;
    this.#open[handle] = openFile;
    return handle;
  }

  close(handle) {
    const openFile = this.#open[handle] ?? null;
    if (openFile === null) return -1;
    openFile.close();
    if (!(openFile instanceof StandardStream)) this.#open[handle] = null;
    return 0;
  }

  // What `action` does with the open file; -1 for a bad handle and for whatever the disk refuses.
  with(handle, action) {
    const openFile = this.#open[handle] ?? null;
    if (openFile === null) return -1;
    try {
      return action(openFile) ?? 0;
    } catch {
      return -1;
    }
  }
}

// Walks a directory one entry at a time without reading it anew for each.
class DirectoryWalk {
  #path = null;
  #names = null;

  names(path, index, files) {
    if (index <= 1 || path !== this.#path) {
      this.#path = path;
      this.#names = files.list(path);
    }
    return this.#names;
  }
}

function putEntry(transfer, name, entry) {
  const bytes = encode(name);
  if (kEntryNameOffset + bytes.length > kTransferSize) return kBadPath;
  const view = transfer.view(0, kEntryNameOffset);
  view.setFloat64(0, secondsSince1901(entry.created), true);
  view.setFloat64(8, secondsSince1901(entry.modified), true);
  view.setFloat64(16, entry.size, true);
  view.setInt32(24, entry.isFolder ? 1 : 0, true);
  view.setInt32(28, bytes.length, true);
  transfer.bytes(kEntryNameOffset, bytes.length).set(bytes);
  return kOk;
}

function directoryImports(transfer, files) {
  const walk = new DirectoryWalk();
  const entry = (path, index, wanted) => {
    const names = walk.names(path, index, files);
    if (names === null) return kBadPath;
    const name = index === 0 ? wanted : names[index - 1];
    const found = name ? files.stat(`${path || '.'}/${name}`) : null;
    if (found !== null) return putEntry(transfer, name, found);
    // A link that leads nowhere is listed as an empty file, so that what follows it is reached.
    if (index === 0 || index > names.length) return kNoMoreEntries;
    return putEntry(transfer, name, { created: 0, modified: 0, size: 0, isFolder: false });
  };
  return {
    directoryCreate: (pointer, length) => (files.makeFolder(transfer.string(pointer, length)) ? 0 : -1),
    directoryDelete: (pointer, length) => (files.removeFolder(transfer.string(pointer, length)) ? 0 : -1),
    directoryEntry: (pointer, length, index, namePointer, nameLength) =>
      entry(transfer.string(pointer, length), index, transfer.string(namePointer, nameLength)),
  };
}

export function fileImports(transfer, files, standardStreams) {
  const table = new FileTable(standardStreams);
  const open = (path, writable) => {
    try {
      const file = files.open(path, writable);
      return file === null ? -1 : table.add(new OpenFile(file, writable));
    } catch {
      return -1;
    }
  };
  return {
    fileOpen: (pointer, length, writable) => open(transfer.string(pointer, length), writable !== 0),
    fileClose: (handle) => table.close(handle),
    fileRead: (handle, pointer, count) => table.with(handle, (file) => file.read(transfer.bytes(pointer, count))),
    fileWrite: (handle, pointer, count) => table.with(handle, (file) => file.write(transfer.bytes(pointer, count))),
    fileSize: (handle) => table.with(handle, (file) => file.size()),
    filePosition: (handle) => table.with(handle, (file) => file.position),
    fileSetPosition: (handle, position) => table.with(handle, (file) => {
      file.position = position;
    }),
    fileTruncate: (handle, size) => table.with(handle, (file) => (file.truncate(size) ? 0 : -1)),
    fileFlush: (handle) => table.with(handle, (file) => file.flush()),
    streamType: (handle) => table.with(handle, (file) => file.streamType?.() ?? -1),
    fileAtEnd: (handle) => table.with(handle, (file) => (file.atEnd() ? 1 : 0)),
    fileDelete: (pointer, length) => (files.removeFile(transfer.string(pointer, length)) ? 0 : -1),
    fileRename: (oldPointer, oldLength, newPointer, newLength) =>
      (files.rename(transfer.string(oldPointer, oldLength), transfer.string(newPointer, newLength)) ? 0 : -1),
    ...directoryImports(transfer, files),
  };
}
