// Runs that are profiled: `profile`, which writes a profile file, and `run --profile-report`. Only for Node.
import fs from 'node:fs';
import { HostError } from './errors.mjs';
import { parseCodeNames, ProfileCounts, profileText } from './profile_counts.mjs';
import { profileReport, reportPage, reportText } from './profile_report.mjs';
import { keepFrames, Sampler } from './profile_sampler.mjs';
import { timesOf } from './profile_times.mjs';

const kTemplate = new URL('profile_report.html', import.meta.url);

function write(file, text) {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new HostError(`cannot write ${file}: ${error.code ?? error.message}`);
  }
}

export class Profiling {
  #sampler = null;
  #counts = null;
  #program;
  #codeNames;

  // `samples`: times are wanted, not only counts. Fails in a folder that is not instrumented.
  static async create(platform, { samples }) {
    const manifest = await platform.readJson('manifest.json');
    if (!manifest.instrumented) {
      throw new HostError('this folder does not count what it does: build it with `stwasm build IMAGE -o OUT --instrument`');
    }
    const profiling = new Profiling();
    profiling.#program = manifest.name;
    profiling.#codeNames = parseCodeNames(new TextDecoder().decode(await platform.readBytes('code_names.tsv')));
    if (samples) {
      keepFrames();
      profiling.#sampler = new Sampler();
    }
    return profiling;
  }

  // An option of Machine.
  get prepare() {
    return (exports, transfer) => {
      this.#counts = new ProfileCounts(exports, transfer, this.#codeNames);
    };
  }

  async start() {
    await this.#sampler?.start();
  }

  writeProfile(file) {
    write(file, profileText(this.#counts.read().methods));
  }

  // Answers the tables as text. With a prefix, also writes PREFIX.json and PREFIX.html.
  async report(machine, prefix) {
    const times = timesOf(await this.#sampler.stop());
    const report = profileReport(this.#program, this.#counts.read(), machine.primitiveCounts(), times);
    if (prefix === undefined) return reportText(report);
    write(`${prefix}.json`, `${JSON.stringify(report)}\n`);
    write(`${prefix}.html`, reportPage(report, fs.readFileSync(kTemplate, 'utf8')));
    return `${reportText(report)}\nall of it: ${prefix}.json; with a flame graph: ${prefix}.html\n`;
  }
}
