// What an image may use of its surroundings. The page (or program) that opens it grants permissions by name; whatever is
// refused is counted, so that it can be seen why something does not work.

// Granted unless the options say otherwise: what stays inside the page and asks its user nothing.
const kDefaults = Object.freeze({
  javascript: true,   // the module JavaScript at all: false, true, or a list of global names
  dom: false,         // window, document and what belongs to them
  network: [],        // origins that fetch, sockets and WebSockets may reach; true: all
  storage: false,     // localStorage, IndexedDB, caches as JavaScript objects (files are kept by the host itself)
  clipboard: true,    // reading and writing the clipboard with the user's gestures
  sound: true,
});

export class Permissions {
  #granted;
  #refused = new Map();     // what -> count
  #tell;

  // granted: see kDefaults. tell: told of the first refusal of each thing
  constructor(granted = {}, tell = () => {}) {
    for (const name of Object.keys(granted)) {
      if (!(name in kDefaults)) throw new TypeError(`there is no permission '${name}'; there are ${Object.keys(kDefaults).join(', ')}`);
    }
    this.#granted = { ...kDefaults, ...granted };
    this.#tell = tell;
  }

  // Whether it is granted; a refusal is counted as `what`.
  allows(permission, what = permission) {
    return this.#granted[permission] === true || this.#refuse(what, `the permission ${permission} is not given`);
  }

  allowsGlobal(name) {
    const { javascript } = this.#granted;
    if (javascript === true || (Array.isArray(javascript) && javascript.includes(name))) return true;
    return this.#refuse(`JavaScript ${name}`, 'the permission javascript does not name it');
  }

  // Some origins, or all.
  get hasNetwork() {
    return this.hasWholeNetwork || this.#granted.network.length > 0;
  }

  get hasWholeNetwork() {
    return this.#granted.network === true;
  }

  // url: absolute. An origin in the list is 'https://example.org', 'wss://example.org:8080', or '*.example.org' for any scheme.
  allowsNetwork(url) {
    const { network } = this.#granted;
    const { origin, hostname } = new URL(url);
    const covers = (entry) => (entry.startsWith('*.') ? hostname.endsWith(entry.slice(1)) : entry === origin);
    if (network === true || network.some(covers)) return true;
    return this.#refuse(`network ${origin}`, 'the permission network does not name it');
  }

  #refuse(what, why) {
    const count = this.#refused.get(what) ?? 0;
    this.#refused.set(what, count + 1);
    if (count === 0) this.#tell(`refused: ${what}: ${why}`);
    return false;
  }

  // [what, count] of all refusals, in the order of their first.
  refusals() {
    return [...this.#refused];
  }
}
