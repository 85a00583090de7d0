import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** JSON to be served over HTTP, with its entity tags (RFC 9110) and its gzip form, made when first asked for. */
export class Content {
  readonly json: Buffer;
  readonly #revision: string;
  #tag: string | undefined;
  #gzipped: Buffer | undefined;
  #gzipping: Promise<Buffer> | undefined;

  /** @param revision differs whenever the JSON may differ */
  constructor(json: Buffer, revision: string) {
    this.json = json;
    this.#revision = revision;
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
    return this.#gzipped;
  }

  /** The gzip form; made once for all who ask. */
  gzip(): Promise<Buffer> {
    this.#gzipping ??= compress(this.json).then((bytes) => (this.#gzipped = bytes));
    return this.#gzipping;
  }

  get #hash(): string {
    this.#tag ??= createHash('sha256').update(this.#revision).digest('base64url');
    return this.#tag;
  }
}
