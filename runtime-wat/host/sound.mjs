// Sound through Web Audio: what the image plays is put into buffers that follow each other without a gap.

const kBytesPerSample = 2;
const kAhead = 0.03;              // seconds before the first sample is heard

export class Sound {
  #permissions;
  #signal = () => {};
  #context = null;
  #volume = null;
  #format = null;                 // { rate, channels, frames, semaphore }
  #end = 0;                       // when the last buffer ends, in the context's time
  #timer = null;
  #played = 0;                    // frames so far

  constructor(permissions) {
    this.#permissions = permissions;
  }

  attach(exports, wake) {
    this.#signal = (index) => {
      if (index <= 0) return;
      exports.signalExternal(index);
      wake();
    };
  }

  // Frames that were given to the page's output so far.
  get played() {
    return this.#played;
  }

  #start(frames, rate, stereo, semaphore) {
    if (!this.#permissions.allows('sound') || typeof AudioContext !== 'function' || rate < 3000 || frames <= 0) return -1;
    this.#stop();
    this.#context ??= new AudioContext();
    this.#context.resume();
    this.#volume ??= new GainNode(this.#context);
    this.#volume.connect(this.#context.destination);
    this.#format = { rate, channels: stereo ? 2 : 1, frames, semaphore };
    this.#end = 0;
    return 0;
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#format = null;
    this.#volume?.disconnect();
    this.#volume = null;
  }

  // Frames that were played but are not heard yet.
  #waiting() {
    return Math.max(0, Math.ceil((this.#end - this.#context.currentTime) * this.#format.rate));
  }

  #space() {
    if (this.#format === null) return -1;
    return Math.max(0, this.#format.frames - this.#waiting()) * this.#format.channels * kBytesPerSample;
  }

  #play(samples) {
    if (this.#format === null) return -1;
    const { rate, channels } = this.#format;
    const frames = Math.floor(Math.min(samples.length, this.#space() / kBytesPerSample) / channels);
    if (frames === 0) return 0;
    const buffer = new AudioBuffer({ length: frames, sampleRate: rate, numberOfChannels: channels });
    for (let channel = 0; channel < channels; channel++) {
      buffer.copyToChannel(Float32Array.from({ length: frames }, (_, i) => samples[i * channels + channel] / 32768), channel);
    }
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#volume);
    const begin = Math.max(this.#end, this.#context.currentTime + kAhead);
    source.start(begin);
    this.#end = begin + frames / rate;
    this.#played += frames;
    this.#awaitRoom();
    return frames;
  }

  // The image is told when half of its buffer is free. The audio's clock is another one than the timer's.
  #awaitRoom() {
    clearTimeout(this.#timer);
    const { frames, rate, semaphore } = this.#format;
    const seconds = (this.#waiting() - frames / 2) / rate;
    this.#timer = setTimeout(() => {
      if (this.#waiting() > frames / 2) this.#awaitRoom();
      else this.#signal(semaphore);
    }, Math.max(1, seconds * 1000));
  }

  imports(transfer) {
    return {
      soundStart: (frames, rate, stereo, semaphore) => this.#start(frames, rate, stereo !== 0, semaphore),
      soundStop: () => this.#stop(),
      soundSpace: () => this.#space(),
      soundPlay: (pointer, bytes) => this.#play(new Int16Array(transfer.bytes(pointer, bytes).slice().buffer)),
      soundVolume: (left, right) => {
        if (this.#volume !== null) this.#volume.gain.value = Math.min(1, Math.max(0, (left + right) / 2));
      },
    };
  }
}
