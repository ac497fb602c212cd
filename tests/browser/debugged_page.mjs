// A page with a debugger: Cuis, built with --page --debug -O 0, in Chromium, with the source map of its module.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Chromium, until } from './chromium.mjs';
import { SourceMap } from './source_map.mjs';

export class DebuggedPage {
  script = null;   // the module, once the debugger has told of it
  paused = null;   // where the program stands

  static async open(chromium, out) {
    const debugged = new DebuggedPage();
    const folder = resolve(out);
    const { serve } = await import(pathToFileURL(join(folder, 'serve.mjs')));
    debugged.map = new SourceMap(readFileSync(join(folder, 'image.wasm.map'), 'utf8'));
    debugged.server = await serve(folder, { port: 0 });
    debugged.browser = await Chromium.start(chromium);
    debugged.page = await debugged.browser.newPage();
    await debugged.#load();
    return debugged;
  }

  async #load() {
    this.page.on('Debugger.scriptParsed', (parsed) => {
      if (parsed.url.endsWith('/image.wasm')) this.script = parsed;
    });
    this.page.on('Debugger.paused', (state) => {
      this.paused = state;
    });
    await this.page.open(`http://127.0.0.1:${this.server.address().port}/`);
    await until('the desktop', () => this.page.evaluate("performance.getEntriesByName('stwasm-drawn').length > 0"));
  }

  async debug() {
    await this.page.call('Debugger.enable');
    await until('the module', () => this.script);
  }

  // At the first code of a line of a method.
  async breakAt(method, line) {
    const columnNumber = this.map.offsetOf(method, line);
    await this.page.call('Debugger.setBreakpoint', { location: { scriptId: this.script.scriptId, lineNumber: 0, columnNumber } });
  }

  // Goes on until the next pause.
  async pauseBy(command) {
    this.paused = null;
    await this.page.call(command);
    return until('a pause', () => this.paused);
  }

  async end() {
    await this.browser.end();
    this.server.close();
  }
}
