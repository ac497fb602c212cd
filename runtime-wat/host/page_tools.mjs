// The page's own buttons: full screen, keyboard, the image's files, its output, what it was refused.
const element = (id) => document.getElementById(id);

export class PageTools {
  #image;
  #desktop;

  constructor(image, desktop) {
    this.#image = image;
    this.#desktop = desktop;
    element('tools').hidden = false;
    this.#on('tools-button', () => this.#toggle());
    this.#on('full-screen', () => desktop.screen.fullScreen(document.fullscreenElement === null));
    this.#on('show-keyboard', () => desktop.focus());
    this.#on('export-files', () => this.#export());
    this.#on('import-files', () => element('file-chooser').click());
    this.#on('show-output', () => this.#message(element('output').textContent || 'Nothing was written yet.'));
    this.#on('show-refusals', () => this.#message(this.#refusals()));
    element('file-chooser').addEventListener('change', (event) => this.#import(event.target));
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !element('tools-menu').hidden) this.#toggle(false);
    });
  }

  #on(id, action) {
    element(id).addEventListener('click', () => {
      if (id !== 'tools-button') this.#toggle(false);
      action();
    });
  }

  #toggle(open = element('tools-menu').hidden) {
    element('tools-menu').hidden = !open;
    element('tools-button').setAttribute('aria-expanded', String(open));
    if (!open) this.#desktop.focus();
  }

  #message(text) {
    element('message-text').textContent = text;
    element('message').showModal();
  }

  #refusals() {
    const lines = this.#image.refusals().map(([what, count]) => `${what}: ${count}`);
    return lines.length === 0 ? 'Nothing was refused.' : `Refused, and how often:\n\n${lines.join('\n')}`;
  }

  async #export() {
    const url = URL.createObjectURL(await this.#image.exportFiles());
    const link = Object.assign(document.createElement('a'), { href: url, download: `${document.title}-files.zip` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  async #import(chooser) {
    try {
      let count = 0;
      for (const file of chooser.files) count += await this.#image.importFiles(file);
      this.#message(`${count} files imported.`);
    } catch (error) {
      this.#message(error.message);
    }
    chooser.value = '';
  }

  end() {
    element('tools').hidden = true;
  }
}
