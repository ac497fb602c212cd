// A real folder as part of an image's file system (--files DIR). Nothing outside of it can be
// reached: every path is checked after its symbolic links are resolved. Only for Node.
import fs from 'node:fs';
import path from 'node:path';

class DiskFile {
  #descriptor;

  constructor(descriptor) {
    this.#descriptor = descriptor;
  }

  read(bytes, position) {
    let done = 0;
    while (done < bytes.length) {
      const count = fs.readSync(this.#descriptor, bytes, done, bytes.length - done, position + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  write(bytes, position) {
    let done = 0;
    while (done < bytes.length) {
      done += fs.writeSync(this.#descriptor, bytes, done, bytes.length - done, position + done);
    }
    return done;
  }

  size() {
    return fs.fstatSync(this.#descriptor).size;
  }

  truncate(size) {
    fs.ftruncateSync(this.#descriptor, size);
    return true;
  }

  // Writes are unbuffered here.
  flush() {}

  close() {
    fs.closeSync(this.#descriptor);
  }
}

// Whatever the operating system refuses is answered like something that does not exist.
function orElse(fallback, action) {
  try {
    return action();
  } catch {
    return fallback;
  }
}

export class DiskFolder {
  #root;

  constructor(root) {
    this.#root = fs.realpathSync(root);
  }

  #isInside(real) {
    return real === this.#root || real.startsWith(this.#root === path.sep ? path.sep : this.#root + path.sep);
  }

  // The real path of something that exists; throws when it lies outside.
  #existing(relative) {
    const real = fs.realpathSync(path.join(this.#root, relative));
    if (!this.#isInside(real)) throw new Error('outside');
    return real;
  }

  // The real path of an entry itself (not what it links to), whether it exists or not.
  #entry(relative) {
    const name = path.basename(relative);
    if (relative === '' || name === '' || name === '..' || name === '.') throw new Error('no entry');
    return path.join(this.#existing(path.dirname(relative)), name);
  }

  stat(relative) {
    return orElse(null, () => {
      const found = fs.statSync(this.#existing(relative));
      const isFolder = found.isDirectory();
      if (!isFolder && !found.isFile()) return null;
      return { isFolder, size: isFolder ? 0 : found.size, created: found.birthtimeMs, modified: found.mtimeMs };
    });
  }

  list(relative) {
    return orElse(null, () => fs.readdirSync(this.#existing(relative)));
  }

  open(relative, writable) {
    if (this.stat(relative)?.isFolder !== false) return null;
    const { O_RDWR, O_RDONLY, O_NOFOLLOW } = fs.constants;
    return orElse(null, () => new DiskFile(
      fs.openSync(this.#existing(relative), (writable ? O_RDWR : O_RDONLY) | (O_NOFOLLOW ?? 0))));
  }

  create(relative) {
    const { O_RDWR, O_CREAT, O_EXCL } = fs.constants;
    return orElse(null, () => new DiskFile(fs.openSync(this.#entry(relative), O_RDWR | O_CREAT | O_EXCL)));
  }

  makeFolder(relative) {
    return orElse(false, () => (fs.mkdirSync(this.#entry(relative)), true));
  }

  removeFolder(relative) {
    return orElse(false, () => (fs.rmdirSync(this.#entry(relative)), true));
  }

  removeFile(relative) {
    return orElse(false, () => (fs.unlinkSync(this.#entry(relative)), true));
  }

  rename(oldRelative, newRelative) {
    return orElse(false, () => (fs.renameSync(this.#entry(oldRelative), this.#entry(newRelative)), true));
  }
}
