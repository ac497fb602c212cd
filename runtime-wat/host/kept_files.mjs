// Keeps what an image changes in its file system in the browser's IndexedDB, so that it is there again after the page was
// left: files that it made or wrote, folders, and what it deleted of the built folder's own files. The image works on
// the files in memory; what changed is written a moment later.

const kStore = 'files';
const kSaveMilliseconds = 300;
// Some of the origin's quota stays free: the browser's own records need room too.
const kUsableQuota = 0.95;
const kUnkept = ['stwasm'];       // what the host itself puts there for a run

const request = (made) => new Promise((resolve, reject) => {
  made.onsuccess = () => resolve(made.result);
  made.onerror = () => reject(made.error);
});

async function openDatabase(name) {
  const made = indexedDB.open(name, 1);
  made.onupgradeneeded = () => made.result.createObjectStore(kStore, { keyPath: 'path' });
  return request(made);
}

export class KeptFiles {
  #database;
  #folder;
  #report;
  #saved = new Map();             // path -> { entry, version }, null for what is recorded as deleted
  #seeds;                         // paths of the built folder's files
  #timer = null;
  #saving = Promise.resolve();
  #limit = Infinity;
  #used = 0;

  // name: of the database. folder: the MemoryFolder, with the built folder's files in it.
  static async open(name, folder, report) {
    const kept = new KeptFiles();
    kept.#folder = folder;
    kept.#report = report;
    kept.#database = await openDatabase(name);
    kept.#seeds = [...folder.entries()].map(({ path }) => path);
    await kept.#restore();
    await kept.#measure();
    folder.observer = kept;
    kept.#saveWhenLeaving();
    return kept;
  }

  async #restore() {
    const records = await request(this.#database.transaction(kStore).objectStore(kStore).getAll());
    // Records come in the order of their paths; what is in a folder is deleted before it.
    for (const { path } of records.filter(({ isDeleted }) => isDeleted).reverse()) {
      if (!this.#folder.removeFile(path)) this.#folder.removeFolder(path);
      this.#saved.set(path, null);
    }
    for (const { path, isFolder, bytes, created, modified } of records.filter(({ isDeleted }) => !isDeleted)) {
      const entry = this.#folder.restore(path, { isFolder, bytes, created, modified });
      if (entry !== null) this.#saved.set(path, { entry, version: entry.version });
      this.#used += bytes?.length ?? 0;
    }
  }

  // How much the origin may still keep; a browser that does not tell will refuse when it is too much.
  async #measure() {
    const { quota, usage } = await navigator.storage?.estimate?.() ?? {};
    if (quota !== undefined) this.#limit = quota * kUsableQuota - usage + this.#used;
  }

  // --- the folder's observer ---

  mayGrow(bytes) {
    if (this.#used + bytes > this.#limit) return false;
    this.#used += bytes;
    return true;
  }

  changed() {
    this.#timer ??= setTimeout(() => this.save(), kSaveMilliseconds);
  }

  // --- saving ---

  // A page that is left has no time to wait for what is being saved already; the database does one after the other.
  #saveWhenLeaving() {
    const save = () => {
      if (this.#timer === null) return;
      const [before, now] = [this.#saving, this.#guardedWrite()];
      this.#saving = before.then(() => now);
    };
    for (const name of ['beforeunload', 'pagehide']) addEventListener(name, save);
    document.addEventListener('visibilitychange', save);
  }

  // Saves what has changed; one after the other.
  save() {
    this.#saving = this.#saving.then(() => this.#guardedWrite());
    return this.#saving;
  }

  async #guardedWrite() {
    clearTimeout(this.#timer);
    this.#timer = null;
    try {
      await this.#write();
    } catch (error) {
      // Nothing more may be written until it fits: from now on writing fails in the image as well.
      if (error?.name === 'QuotaExceededError') this.#limit = 0;
      this.#report(`the image's files cannot be kept: ${error?.message || error?.name || error}`);
    }
  }

  // What differs between the folder and what was saved: records to put, paths to forget.
  #difference() {
    const records = [];
    const present = new Map();
    let used = 0;
    for (const { path, entry } of this.#folder.entries()) {
      present.set(path, entry);
      if (!entry.isOwn || kUnkept.includes(path.split('/')[0])) continue;
      used += entry.size;
      const saved = this.#saved.get(path);
      if (saved?.entry !== entry || saved.version !== entry.version) records.push({ path, entry });
    }
    const isGone = (path) => !present.has(path);
    const seeds = this.#seeds.filter((path) => isGone(path) && this.#saved.get(path) !== null);
    const forgotten = [...this.#saved.keys()].filter((path) => isGone(path) && !this.#seeds.includes(path));
    return { records, seeds, forgotten, used };
  }

  async #write() {
    const { records, seeds, forgotten, used } = this.#difference();
    if (records.length + seeds.length + forgotten.length > 0) {
      const transaction = this.#database.transaction(kStore, 'readwrite');
      const store = transaction.objectStore(kStore);
      for (const { path, entry } of records) {
        const { isFolder, created, modified } = entry;
        store.put({ path, isFolder, created, modified, bytes: isFolder ? null : entry.contents() });
        this.#saved.set(path, { entry, version: entry.version });
      }
      for (const path of seeds) {
        store.put({ path, isDeleted: true });
        this.#saved.set(path, null);
      }
      for (const path of forgotten) {
        store.delete(path);
        this.#saved.delete(path);
      }
      transaction.commit();     // otherwise it waits for answers, which a page that is left does not hear
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      }).catch((error) => {
        for (const { path } of records) this.#saved.delete(path);
        throw error;
      });
    }
    this.#used = used;
    await this.#measure();
  }
}
