/** Measures the longest block of the main thread: posts messages continuously, and records the longest pause between two. */
export class Heartbeat {
  readonly #channel = new MessageChannel();
  #last = performance.now();
  #longest = 0;

  constructor() {
    const { port1, port2 } = this.#channel;
    port1.onmessage = () => {
      this.#beat();
      port2.postMessage(undefined);
    };
    port2.postMessage(undefined);
  }

  #beat() {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }

  /** The longest pause since the start, in ms. */
  stop(): number {
    this.#beat();
    this.#channel.port1.close();
    return this.#longest;
  }
}
