import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Compressed, type Compressions } from './compressions.ts';

const compress = promisify(gzip);

/** JSON to be served over HTTP, with its entity tags (RFC 9110) and its gzip form, made when first asked for. */
export class Content {
  readonly json: Buffer;
  readonly #revision: string;
  readonly #gzip: Compressed;
  #tag: string | undefined;

  /**
   * @param revision differs whenever the JSON may differ
   * @param isForAll whether everyone gets it who doesn't ask for a part
   */
  constructor(json: Buffer, revision: string, isForAll = false) {
    this.json = json;
    this.#revision = revision;
    this.#gzip = new Compressed({ make: () => compress(json).catch(() => undefined), isForAll });
  }

  /** Strong entity tag of the JSON as it is. */
  get etag(): string {
    return `"${this.#hash}"`;
  }

  /** Strong entity tag of its gzip form, which is another sequence of bytes. */
  get gzipEtag(): string {
    return `"${this.#hash}-gzip"`;
  }

  /** The gzip form, where it was made already. */
  get gzipped(): Buffer | undefined {
    return this.#gzip.bytes;
  }

  /**
   * Has the gzip form made in its turn, once for all who ask. Afterwards `gzipped` is there, unless there was no room
   * for that.
   * @param isWaiting whether who asks still waits
   */
  async gzip(compressions: Compressions, isWaiting: () => boolean): Promise<void> {
    if (this.gzipped !== undefined) return;
    await new Promise<void>((resolve) => {
      if (!this.#gzip.ask(compressions, { isWaiting, onDone: resolve })) resolve();
    });
  }

  get #hash(): string {
    this.#tag ??= createHash('sha256').update(this.#revision).digest('base64url');
    return this.#tag;
  }
}
