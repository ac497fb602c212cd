// The page that `stwasm build --page` puts beside an image: loading, the display, what goes wrong, tools. Other pages
// need only open() and a Desktop; see stwasm.d.mts.
import { Desktop } from './desktop.mjs';
import './machine.mjs';            // what open() needs is on its way with the page
import { PageTools } from './page_tools.mjs';
import './platform_browser.mjs';
import { open } from './stwasm.mjs';

const kSettings = 'page.json';
const kMostOutput = 200_000;
const kLongSlice = 12;

const element = (id) => document.getElementById(id);
const show = (id, visible = true) => {
  element(id).hidden = !visible;
};

// What the page grants its image, and other choices of its author; a page without the file has the defaults.
async function readSettings() {
  const response = await fetch(new URL(kSettings, import.meta.url));
  return response.ok ? response.json() : {};
}

// Where the image draws nothing, its output is what there is to be seen.
class Output {
  #text = element('output');
  #isDrawn = false;

  add(line) {
    this.#text.append(`${line}\n`);
    if (this.#text.textContent.length > kMostOutput) this.#text.textContent = this.#text.textContent.slice(-kMostOutput / 2);
    this.#text.scrollTop = this.#text.scrollHeight;
    if (!this.#isDrawn) show('output');
  }

  // From now on only when it is asked for.
  drawn() {
    this.#isDrawn = true;
    show('output', false);
  }
}

function showFailure(title, text) {
  element('failure-title').textContent = title;
  element('failure-text').textContent = text;
  show('loading', false);
  show('failure');
  element('again').focus();
}

const kMissingFeature = /WebAssembly|wasm|type|gc/i;

function explain(error) {
  if (typeof WebAssembly !== 'object') return 'This browser has no WebAssembly.';
  if (error instanceof WebAssembly.CompileError && kMissingFeature.test(error.message)) {
    return `This browser is too old: WebAssembly with garbage collection and tail calls is needed.\n\n${error.message}`;
  }
  return error.message ?? String(error);
}

// Pixels of the Display for one of the page's: ?scale=2 or ?scale=device.
function scaleAsked() {
  const asked = new URLSearchParams(location.search).get('scale');
  if (asked === 'device') return devicePixelRatio;
  return Math.min(4, Math.max(0.25, Number(asked) || 1));
}

function makeDesktop(output) {
  const canvas = element('display');
  const scale = scaleAsked();
  // Enlarged by a whole factor, pixels stay sharp.
  if (Number.isInteger(devicePixelRatio / scale)) canvas.classList.add('sharp');
  return new Desktop(canvas, {
    keys: element('keys'),
    scale,
    onFirstFrame: () => {
      performance.mark('stwasm-drawn');
      output.drawn();
      canvas.classList.add('drawn');
    },
  });
}

// Whoever leaves the page loses what the image has not written to files.
function askBeforeLeaving(desktop) {
  const ask = (event) => {
    desktop.close();
    event.preventDefault();
  };
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}

function showProgress(done, all) {
  element('progress').value = done / all;
  if (done < all) return;
  element('progress').removeAttribute('value');
  element('state').textContent = 'Starting';
}

const output = new Output();
export const desktop = makeDesktop(output);

// Time slices so far, in milliseconds: how responsive the page is.
export const slices = { count: 0, total: 0, longest: 0, long: 0 };

function noteSlice(milliseconds) {
  slices.count++;
  slices.total += milliseconds;
  slices.longest = Math.max(slices.longest, milliseconds);
  if (milliseconds > kLongSlice) slices.long++;
}

async function start() {
  const settings = await readSettings();
  const image = await open({
    ...settings,
    display: desktop,
    keepFiles: settings.keepFiles ?? true,
    sleepWhenHidden: settings.sleepWhenHidden ?? true,
    onProgress: showProgress,
    onSlice: noteSlice,
    onManifest: ({ name }) => {
      document.title = element('name').textContent = name;
    },
    onOutput: (line) => output.add(line),
    onError: (line) => output.add(line),
  });
  show('loading', false);
  const tools = new PageTools(image, desktop);
  desktop.focus();
  const letGo = settings.askBeforeLeaving === false ? () => {} : askBeforeLeaving(desktop);
  image.run().then((exitCode) => {
    if (desktop.screen.frames > 0 || exitCode !== 0) showFailure('The image has quit', `exit code ${exitCode}`);
  }, (error) => showFailure('The image has stopped', explain(error))).finally(() => {
    letGo();
    tools.end();
    desktop.detach();
  });
  return image;
}

element('again').addEventListener('click', () => location.reload());

// The running image, for scripts of the page.
export const image = start();
image.catch((error) => {
  console.error(error);
  showFailure('The image cannot be started', explain(error));
});
