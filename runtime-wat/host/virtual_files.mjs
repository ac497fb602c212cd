// The file system that an image sees: absolute and relative paths with '/', one tree in memory, and
// folders mounted over parts of it. A mounted folder comes first for what it has and for new files.
// No path leads out of it: '..' is taken away before any folder sees the path.
import { MemoryFolder } from './memory_folder.mjs';

export class VirtualFiles {
  memory = new MemoryFolder();
  #workingFolder;
  #mounts = [];   // { path: '/image', folder }

  constructor(workingFolder) {
    this.#workingFolder = workingFolder;
    this.memory.makeFolder(workingFolder.slice(1));
  }

  mount(path, folder) {
    this.#mounts.unshift({ path: this.absolute(path), folder });
  }

  // The absolute path without '.', '..' and empty parts; null for a path that no file can have.
  absolute(path) {
    if (path.includes('\0')) return null;
    const full = path.startsWith('/') ? path : `${this.#workingFolder}/${path}`;
    const names = [];
    for (const name of full.split('/')) {
      if (name === '..') names.pop();
      else if (name !== '' && name !== '.') names.push(name);
    }
    return `/${names.join('/')}`;
  }

  // The folders responsible for a path, the preferred one first, with the path as each sees it.
  #layers(path) {
    const absolute = this.absolute(path);
    if (absolute === null) return [];
    const layers = [];
    for (const { path: root, folder } of this.#mounts) {
      if (absolute === root) layers.push({ folder, path: '' });
      else if (absolute.startsWith(`${root}/`)) layers.push({ folder, path: absolute.slice(root.length + 1) });
    }
    layers.push({ folder: this.memory, path: absolute.slice(1) });
    return layers;
  }

  // The layer that has something at the path.
  #layerOf(path) {
    return this.#layers(path).find((layer) => layer.folder.stat(layer.path) !== null) ?? null;
  }

  stat(path) {
    for (const layer of this.#layers(path)) {
      const found = layer.folder.stat(layer.path);
      if (found !== null) return found;
    }
    return null;
  }

  list(path) {
    const names = new Set();
    let isFolder = false;
    for (const layer of this.#layers(path)) {
      const found = layer.folder.list(layer.path);
      isFolder ||= found !== null;
      for (const name of found ?? []) names.add(name);
    }
    return isFolder ? [...names].sort() : null;
  }

  // Opened for writing, a file that does not exist is made.
  open(path, writable) {
    const layer = this.#layerOf(path);
    if (layer !== null) return layer.folder.open(layer.path, writable);
    return writable ? this.#firstThat(path, (folder, inner) => folder.create(inner)) : null;
  }

  makeFolder(path) {
    if (this.stat(path) !== null) return false;
    return this.#firstThat(path, (folder, inner) => folder.makeFolder(inner)) ?? false;
  }

  removeFolder(path) {
    if (this.list(path)?.length !== 0) return false;
    let removed = false;
    for (const layer of this.#layers(path)) removed = layer.folder.removeFolder(layer.path) || removed;
    return removed;
  }

  removeFile(path) {
    const layer = this.#layerOf(path);
    return layer !== null && layer.folder.removeFile(layer.path);
  }

  rename(oldPath, newPath) {
    const from = this.#layerOf(oldPath);
    if (from === null) return false;
    const to = this.#layerOf(newPath) ?? this.#layers(newPath)[0] ?? null;
    if (to === null) return false;
    if (from.folder === to.folder) return from.folder.rename(from.path, to.path);
    return this.#move(oldPath, newPath);
  }

  // Renames a file from one folder into another.
  #move(oldPath, newPath) {
    const source = this.open(oldPath, false);
    if (source === null) return false;
    const bytes = new Uint8Array(source.size());
    source.read(bytes, 0);
    source.close();
    const target = this.open(newPath, true);
    if (target === null) return false;
    const done = target.truncate(0) && target.write(bytes, 0) === bytes.length;
    target.close();
    return done && this.removeFile(oldPath);
  }

  // The result of the first layer that does it; the memory makes up folders that only a mount has.
  #firstThat(path, action) {
    for (const layer of this.#layers(path)) {
      const result = action(layer.folder, layer.path);
      if (result) return result;
      if (layer.folder !== this.memory && layer.folder.stat(parentOf(layer.path)) !== null) return null;
    }
    return null;
  }

  // Makes a file of these bytes, or replaces what it has; whether that was done.
  writeFile(path, bytes) {
    const file = this.open(path, true);
    if (file === null) return false;
    const done = file.truncate(0) && file.write(bytes, 0) === bytes.length;
    file.flush();
    file.close();
    return done;
  }

  // The whole contents of a file, null where there is none.
  readFile(path) {
    const file = this.open(path, false);
    if (file === null) return null;
    const bytes = new Uint8Array(file.size());
    const count = file.read(bytes, 0);
    file.close();
    return bytes.subarray(0, count);
  }
}

function parentOf(path) {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
