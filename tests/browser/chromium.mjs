// Drives Chromium through its DevTools protocol, with nothing but Node: pages, input, screenshots, and everything that
// goes wrong in a page.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kStartMilliseconds = 30_000;
const kCallMilliseconds = 60_000;

const sleep = (milliseconds) => new Promise((done) => {
  setTimeout(done, milliseconds);
});

// Waits until `condition` answers something; fails with what was waited for.
export async function until(what, condition, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(25);
  }
}

// A page, attached to by a session of the browser's connection.
export class Page {
  problems = [];        // errors of scripts, of the console, of loading
  dialogs = [];         // the kinds of those that opened
  acceptsDialogs = true;
  #browser;
  #session;
  #onLoad = () => {};
  #listeners = new Map();

  constructor(browser, session, target) {
    this.#browser = browser;
    this.#session = session;
    this.target = target;
  }

  call(method, parameters = {}) {
    return this.#browser.call(method, parameters, this.#session);
  }

  async prepare() {
    await Promise.all(['Page', 'Runtime', 'Log', 'Network'].map((domain) => this.call(`${domain}.enable`)));
  }

  // Calls back for each event of that name.
  on(method, listener) {
    this.#listeners.set(method, listener);
  }

  hear({ method, params }) {
    this.#listeners.get(method)?.(params);
    switch (method) {
      case 'Runtime.exceptionThrown':
        this.problems.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
        break;
      case 'Runtime.consoleAPICalled':
        if (params.type === 'error') this.problems.push(params.args.map(({ value, description }) => value ?? description).join(' '));
        break;
      case 'Log.entryAdded':
        if (params.entry.level === 'error') this.problems.push(`${params.entry.text} ${params.entry.url ?? ''}`);
        break;
      case 'Page.loadEventFired':
        this.#onLoad();
        break;
      case 'Page.javascriptDialogOpening':
        this.dialogs.push(params.type);
        this.call('Page.handleJavaScriptDialog', { accept: this.acceptsDialogs }).catch(() => {});
        break;
      default:
    }
  }

  // The value of an expression (or promise) in the page. It counts as a gesture of the user unless it must not.
  async evaluate(expression, { userGesture = true } = {}) {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', {
      expression, awaitPromise: true, returnByValue: true, userGesture,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  // `body` with `image`, the running image of the page, and `page`, the module page.mjs.
  withImage(body, options = {}) {
    return this.evaluate(`import('./page.mjs').then(async (page) => { const image = await page.image; ${body} })`, options);
  }

  async open(url) {
    await this.#loading(this.call('Page.navigate', { url }));
  }

  async reload() {
    await this.#loading(this.call('Page.reload'));
  }

  // Until the page's scripts have run.
  async #loading(begun) {
    const loaded = new Promise((done) => {
      this.#onLoad = done;
    });
    await begun;
    await loaded;
  }

  async size(width, height, deviceScaleFactor = 1, more = {}) {
    await this.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false, ...more });
  }

  // --- input ---

  async mouse(type, x, y, { button = 'none', buttons = 0, ...more } = {}) {
    await this.call('Input.dispatchMouseEvent', { type, x, y, button, buttons, clickCount: 1, pointerType: 'mouse', ...more });
  }

  async click(x, y, button = 'left', pause = 60) {
    const buttons = { left: 1, right: 2, middle: 4 }[button];
    await this.mouse('mouseMoved', x, y);
    await sleep(pause);
    await this.mouse('mousePressed', x, y, { button, buttons });
    await sleep(pause);
    await this.mouse('mouseReleased', x, y, { button });
  }

  async type(text) {
    for (const character of text) await this.key(character, { text: character });
  }

  // modifiers: 1 alt, 2 control, 4 meta, 8 shift
  async key(key, { text, modifiers = 0, code = '' } = {}) {
    const common = { key, code, modifiers, windowsVirtualKeyCode: key.length === 1 ? key.toUpperCase().charCodeAt(0) : kKeyCodes[key] ?? 0 };
    await this.call('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', text, ...common });
    await this.call('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
  }

  // A PNG file.
  async screenshot(options = {}) {
    const { data } = await this.call('Page.captureScreenshot', { format: 'png', ...options });
    return Buffer.from(data, 'base64');
  }

  close() {
    return this.call('Page.close').catch(() => {});
  }
}

const kKeyCodes = { Enter: 13, Escape: 27, Backspace: 8, Tab: 9, ArrowUp: 38, ArrowDown: 40, ArrowLeft: 37, ArrowRight: 39 };

export class Chromium {
  #process;
  #profile;
  #socket;
  #next = 1;
  #waiting = new Map();
  #pages = new Map();

  static async start(program) {
    const browser = new Chromium();
    await browser.#launch(program);
    return browser;
  }

  async #launch(program) {
    this.#profile = mkdtempSync(join(tmpdir(), 'stwasm-chromium-'));
    this.#process = spawn(program, [
      '--headless=new', '--remote-allow-origins=*', '--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${this.#profile}`, '--no-first-run',
      '--disable-extensions', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--mute-audio',
      '--autoplay-policy=no-user-gesture-required', '--hide-scrollbars', '--force-color-profile=srgb', '--js-flags=--expose-gc',
      'about:blank',
    ], { stdio: 'ignore' });
    const portFile = join(this.#profile, 'DevToolsActivePort');
    await until('Chromium', () => existsSync(portFile) && readFileSync(portFile, 'utf8').split('\n').length > 1, kStartMilliseconds);
    const [port, path] = readFileSync(portFile, 'utf8').split('\n');
    this.port = Number(port);
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    await new Promise((resolve, reject) => {
      this.#socket.onopen = resolve;
      this.#socket.onerror = () => reject(new Error('Chromium refuses the connection'));
    });
    this.#socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
  }

  #receive(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) {
      this.#pages.get(message.sessionId)?.hear(message);
      return;
    }
    this.#waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting.resolve(message.result);
  }

  call(method, params = {}, sessionId = undefined) {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${method} was not answered`));
      }, kCallMilliseconds);
      this.#waiting.set(id, { method, resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  async newPage() {
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId, targetId);
    this.#pages.set(sessionId, page);
    await page.prepare();
    return page;
  }

  async end() {
    const gone = new Promise((done) => {
      this.#process.once('exit', done);
    });
    await this.call('Browser.close').catch(() => this.#process.kill());
    await Promise.race([gone, sleep(5000).then(() => this.#process.kill('SIGKILL'))]);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
