const DATA = /^data: ?/;

/**
 * Takes the text of an event stream, in pieces as they come, and passes on the data of each event once it is complete.
 * Names and ids of events are passed over: each message says itself what it is.
 */
export class EventStreamReader {
  readonly #onData: (data: string) => void;
  /** Pieces of the line that isn't complete: joined once, since a line may be megabytes. */
  #pieces: string[] = [];
  #data: string[] = [];

  constructor(onData: (data: string) => void) {
    this.#onData = onData;
  }

  take(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      const line = [...this.#pieces, text.slice(from, end)].join('');
      this.#pieces = [];
      from = end + 1;
      this.#takeLine(line.replace(/\r$/, ''));
    }
    if (from < text.length) this.#pieces.push(text.slice(from));
  }

  #takeLine(line: string): void {
    if (DATA.test(line)) this.#data.push(line.replace(DATA, ''));
    if (line !== '' || this.#data.length === 0) return;
    const text = this.#data.join('\n');
    this.#data = [];
    this.#onData(text);
  }
}
