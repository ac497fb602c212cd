// A tree of files in memory. It is the whole writable file system of an image that was given none;
// files of the built folder appear in it as entries whose bytes are read when first needed, so that
// writing to them never touches the originals.
//
// Every folder of the virtual file system answers the same messages (see also disk_folder.mjs):
//   stat(path) -> { isFolder, size, created, modified } or null      times in milliseconds since 1970
//   list(path) -> names or null      open(path, writable) -> file or null      create(path) -> file or null
//   makeFolder(path)  removeFolder(path)  removeFile(path)  rename(old, new) -> whether it was done
// Paths are relative, '' is the folder itself. A file answers
//   read(bytes, position) -> count   write(bytes, position) -> count   size()   truncate(size) -> boolean
//   flush()   close()

// Whoever has to know of changes; see kept_files.mjs for one who does.
const kNoObserver = { mayGrow: () => true, changed() {} };

class MemoryFile {
  #entry;
  #folder;

  constructor(entry, folder) {
    this.#entry = entry;
    this.#folder = folder;
  }

  #grow(size) {
    const entry = this.#entry.load();
    if (size > entry.size && !this.#folder.observer.mayGrow(size - entry.size)) return false;
    entry.reserve(size);
    return true;
  }

  #changed() {
    this.#entry.change();
    this.#folder.observer.changed();
  }

  read(bytes, position) {
    const entry = this.#entry.load();
    const count = Math.max(0, Math.min(bytes.length, entry.size - position));
    bytes.set(entry.bytes.subarray(position, position + count));
    return count;
  }

  // -1: there is no room for it.
  write(bytes, position) {
    const entry = this.#entry;
    const end = position + bytes.length;
    if (!this.#grow(end)) return -1;
    entry.bytes.set(bytes, position);
    entry.size = Math.max(entry.size, end);
    this.#changed();
    return bytes.length;
  }

  size() {
    return this.#entry.size;
  }

  truncate(size) {
    const entry = this.#entry;
    if (!this.#grow(size)) return false;
    entry.bytes.fill(0, size, entry.size);
    entry.size = size;
    this.#changed();
    return true;
  }

  flush() {}

  close() {}
}

class Entry {
  isOwn = false;      // made or changed by the image, not part of the built folder
  version = 0;

  change() {
    this.isOwn = true;
    this.version++;
    this.modified = Date.now();
  }
}

// Bytes beyond size are always zero.
class FileEntry extends Entry {
  isFolder = false;
  bytes = new Uint8Array(0);
  #read = null;

  constructor(size, read) {
    super();
    this.size = size;
    this.#read = read;
    this.created = this.modified = Date.now();
  }

  load() {
    if (this.#read !== null) {
      this.bytes = this.#read();
      this.size = this.bytes.length;
      this.#read = null;
    }
    return this;
  }

  // A copy of what the file has.
  contents() {
    this.load();
    return this.bytes.slice(0, this.size);
  }

  reserve(size) {
    if (size <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(size, 2 * this.bytes.length, 256));
    larger.set(this.bytes.subarray(0, this.size));
    this.bytes = larger;
  }
}

class FolderEntry extends Entry {
  isFolder = true;
  size = 0;
  entries = new Map();

  constructor() {
    super();
    this.created = this.modified = Date.now();
  }
}

const parts = (path) => path.split('/').filter((part) => part !== '');

export class MemoryFolder {
  observer = kNoObserver;
  #root = new FolderEntry();

  // Every entry with its path, folders before what is in them.
  * entries(folder = this.#root, prefix = '') {
    for (const [name, entry] of folder.entries) {
      yield { path: prefix + name, entry };
      if (entry.isFolder) yield* this.entries(entry, `${prefix}${name}/`);
    }
  }

  // Puts an entry there that was kept elsewhere; null when a part of its path is a file.
  restore(path, { isFolder, bytes, created, modified }) {
    if (isFolder) this.makeFolder(path);
    else this.addBytes(path, bytes);
    const entry = this.stat(path);
    if (entry === null || entry.isFolder !== isFolder) return null;
    return Object.assign(entry, { isOwn: true, created, modified });
  }

  #find(names) {
    let entry = this.#root;
    for (const name of names) {
      if (!entry?.isFolder) return null;
      entry = entry.entries.get(name);
    }
    return entry ?? null;
  }

  // The folder that holds `path` and the name there; null when there is no such folder.
  #place(path) {
    const names = parts(path);
    const name = names.pop();
    if (name === undefined) return null;
    const folder = this.#find(names);
    return folder?.isFolder ? { folder, name, entry: folder.entries.get(name) ?? null } : null;
  }

  #put(place, entry) {
    place.folder.entries.set(place.name, entry);
    place.folder.modified = Date.now();
    return entry;
  }

  // What the image does itself is to be kept.
  #putOwn(place, entry) {
    entry.change();
    this.observer.changed();
    return this.#put(place, entry);
  }

  #remove(place) {
    this.observer.changed();
    return place.folder.entries.delete(place.name);
  }

  // Puts a file there whose bytes `read` answers when they are needed; makes the folders on the way.
  addFile(path, size, read) {
    const names = parts(path);
    for (let i = 1; i < names.length; i++) this.makeFolder(names.slice(0, i).join('/'));
    const place = this.#place(path);
    if (place !== null) this.#put(place, new FileEntry(size, read));
  }

  addBytes(path, bytes) {
    this.addFile(path, bytes.length, () => bytes);
  }

  stat(path) {
    return this.#find(parts(path));
  }

  list(path) {
    const entry = this.#find(parts(path));
    return entry?.isFolder ? [...entry.entries.keys()] : null;
  }

  open(path) {
    const entry = this.#find(parts(path));
    return entry === null || entry.isFolder ? null : new MemoryFile(entry, this);
  }

  create(path) {
    const place = this.#place(path);
    if (place === null || place.entry !== null) return null;
    return new MemoryFile(this.#putOwn(place, new FileEntry(0, null)), this);
  }

  makeFolder(path) {
    const place = this.#place(path);
    if (place === null || place.entry !== null) return false;
    this.#putOwn(place, new FolderEntry());
    return true;
  }

  removeFolder(path) {
    const place = this.#place(path);
    if (!place?.entry?.isFolder || place.entry.entries.size > 0) return false;
    return this.#remove(place);
  }

  removeFile(path) {
    const place = this.#place(path);
    if (place === null || place.entry === null || place.entry.isFolder) return false;
    return this.#remove(place);
  }

  rename(oldPath, newPath) {
    const from = this.#place(oldPath);
    const to = this.#place(newPath);
    if (!from?.entry || to === null) return false;
    if (from.entry === to.entry) return true;
    if (to.entry !== null && (to.entry.isFolder || from.entry.isFolder)) return false;
    if (from.entry.isFolder && `${parts(newPath).join('/')}/`.startsWith(`${parts(oldPath).join('/')}/`)) return false;
    this.#remove(from);
    this.#putOwn(to, from.entry);
    if (from.entry.isFolder) for (const { entry } of this.entries(from.entry)) entry.change();
    return true;
  }
}
