import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Writable } from 'node:stream';

export interface LogFileOptions {
  readonly path: string;
  /** Size that the file doesn't exceed; then it is put aside as `<path>.1`, and that as `<path>.2`. */
  readonly maxBytes: number;
  /** Told once, until a line could be written again. */
  readonly onFailure: (error: unknown) => void;
}

const FILES_KEPT = 3;

function putAside(path: string): void {
  for (let number = FILES_KEPT - 1; number > 0; number -= 1) {
    const newer = number === 1 ? path : `${path}.${number - 1}`;
    if (existsSync(newer)) renameSync(newer, `${path}.${number}`);
  }
}

function append(path: string, lines: Buffer, maxBytes: number): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) mkdirSync(dirname(path), { recursive: true });
  else if (found.isFile() && found.size > 0 && found.size + lines.length > maxBytes) putAside(path);
  appendFileSync(path, lines);
}

/**
 * A stream into a file of limited size. winston's own file transport holds up all logging once its disk is full,
 * and loses lines when it puts a file aside. This one is synchronous and looks at the file each time, so that
 * several services can share one.
 */
export class LogFile extends Writable {
  readonly #options: LogFileOptions;
  #isFailing = false;

  constructor(options: LogFileOptions) {
    super();
    this.#options = options;
  }

  override _write(lines: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const { path, maxBytes, onFailure } = this.#options;
    try {
      append(path, lines, maxBytes);
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) {
        this.#isFailing = true;
        onFailure(error);
      }
    }
    done();
  }
}
