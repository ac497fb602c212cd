// Files that are dropped on the display: they become files of the image's file system, in a folder of their own, before
// the image hears of them.
import { modifiersOf } from './pointer_events.mjs';

const kFolder = '/dropped';

export class DroppedFiles {
  #files;
  #names = [];

  constructor(files) {
    this.#files = files;
  }

  imports(transfer) {
    return { dropFileName: (index, pointer) => transfer.putString(pointer, this.#names[index - 1]) };
  }

  listen(target, screen, queue, { isMac, signal }) {
    target.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    target.addEventListener('drop', async (event) => {
      event.preventDefault();
      const { x, y } = screen.pointAt(event.clientX, event.clientY);
      const modifiers = modifiersOf(event, isMac);
      const count = await this.take([...event.dataTransfer.files]);
      if (count === 0) return;
      queue.mouse(x, y, 0, modifiers);      // while files are dragged, the page hears of no pointer
      queue.drop(x, y, modifiers, count);
    }, { signal });
  }

  // Answers how many there are now.
  async take(files) {
    const contents = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
    this.#names = files.map(({ name }) => `${kFolder}/${name.replaceAll('/', '_')}`);
    this.#files.makeFolder(kFolder);
    this.#names.forEach((name, index) => this.#files.writeFile(name, contents[index]));
    return files.length;
  }
}
