const DATA = /^data: ?/;
const ID = /^id: ?/;

/**
 * Takes the text of an event stream, in pieces as they come, and passes on the data of each event once it is complete,
 * and then its id, which an event without data has, too. Names are passed over: each message says itself what it is.
 */
export class EventStreamReader {
  readonly #onData: (data: string) => void;
  /** Pieces of the line that isn't complete: joined once, since a line may be megabytes. */
  #pieces: string[] = [];
  #data: string[] = [];
  readonly #onId: (id: string) => void;
  #id: string | undefined;

  constructor(onData: (data: string) => void, onId: (id: string) => void) {
    this.#onData = onData;
    this.#onId = onId;
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
    if (ID.test(line)) this.#id = line.replace(ID, '');
    if (line !== '') return;
    const [text, id] = [this.#data.join('\n'), this.#id];
    const isEvent = this.#data.length > 0;
    this.#data = [];
    this.#id = undefined;
    if (isEvent) this.#onData(text);
    if (id !== undefined) this.#onId(id);
  }
}
