import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { FileWatch, type Logger, type ParseResult, type SettingFile } from '@mediamtx-monitor/runtime';
import type { TokenEntry } from './tokens.ts';

/** How long a ticket opens something, in ms. */
export const TICKET_MS = 60_000;
/** How far the wall clock of the replica that made a ticket may be ahead, in ms. */
export const TICKET_SKEW_MS = 5_000;

/** Name in base64url, end in Unix ms, HMAC-SHA256 in base64url. */
const TICKET = /^([A-Za-z0-9_-]{1,86}\.[1-9]\d{0,15})\.([A-Za-z0-9_-]{43})$/;

/**
 * Writes a ticket for a token: it says for whom and until when, and proves it, so that nobody has to store it. The
 * hash of the token is signed too, so that a ticket ends with the token it was given for.
 */
export function writeTicket(key: Buffer, { name, hash }: TokenEntry, expiresMs: number): string {
  const claim = `${Buffer.from(name).toString('base64url')}.${expiresMs}`;
  return `${claim}.${signatureOf(key, claim, hash)}`;
}

/**
 * The name in a ticket; `undefined` for one that is forged, broken, over, of a token that isn't there any more, or
 * good for longer than any that is given out.
 * @param hashOf tells the hash of a token by its name
 * @param nowMs Unix time in ms
 */
export function readTicket(
  key: Buffer,
  ticket: string,
  hashOf: (name: string) => string | undefined,
  nowMs: number,
): string | undefined {
  const [, claim = '', signature = ''] = TICKET.exec(ticket) ?? [];
  if (signature === '') return undefined;
  const [encoded = '', expiresMs] = claim.split('.');
  const name = Buffer.from(encoded, 'base64url').toString();
  const hash = hashOf(name);
  // Compared as text: in base64url more than one text stands for the same bytes.
  const isSigned = isSame(signature, signatureOf(key, claim, hash ?? ''));
  const leftMs = Number(expiresMs) - nowMs;
  const isInTime = leftMs > 0 && leftMs <= TICKET_MS + TICKET_SKEW_MS;
  return isSigned && hash !== undefined && isInTime ? name : undefined;
}

function signatureOf(key: Buffer, claim: string, hash: string): string {
  return createHmac('sha256', key).update(`${claim}.${hash}`).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** The fewest bytes that a key is made of. */
const MIN_BYTES = 32;
const KEY_BYTES = 32;
const LABEL = 'mediamtx-monitor ticket v2';
const HEX = /^(?:[0-9a-f]{2})+$/i;
/** Both of its alphabets. */
const BASE64 = /^[\w+/-]+={0,2}$/;
const BLANK = /[\s\uFEFF]+/g;

/** The file with the key for tickets. */
export const TICKET_KEY_FILE: SettingFile<Buffer> = {
  setting: 'API_TICKET_KEY_FILE',
  rule:
    `at least ${MIN_BYTES} random bytes as base64 or hexadecimal text, as \`openssl rand -base64 ${MIN_BYTES}\` ` +
    'prints them; only the service should be able to read it',
  parse: parseTicketKey,
};

/** Makes a key of the text of its file. What is only digits of hexadecimal numbers is taken for that. */
export function parseTicketKey(text: string): ParseResult<Buffer> {
  const plain = text.replace(BLANK, '');
  const encoding = HEX.test(plain) ? 'hex' : BASE64.test(plain) ? 'base64' : null;
  if (plain === '') return wrong('content is empty');
  if (encoding === null) return wrong('content is neither base64 nor hexadecimal');
  const bytes = Buffer.from(plain, encoding);
  if (bytes.length < MIN_BYTES) return wrong(`content stands for ${bytes.length} bytes only`);
  return { value: Buffer.from(hkdfSync('sha256', bytes, '', LABEL, KEY_BYTES)), mistakes: null };
}

function wrong(mistake: string): ParseResult<Buffer> {
  return { value: null, mistakes: [mistake] };
}

export interface TicketKeyOptions {
  /** What the file held at the start; `null` where none is set. */
  readonly key: Buffer | null;
  /** Path of the file. */
  readonly path: string | undefined;
  readonly logger: Logger;
  /** How often the file is looked at, in ms. */
  readonly checkMs: number;
  /** Told that another key holds from now on. */
  readonly onChange: () => void;
}

/** What tickets are signed with: the key in the file, also after it was changed; without one, a key of this process. */
export class TicketKey {
  readonly #logger: Logger;
  readonly #watch: FileWatch<Buffer> | undefined;
  #bytes: Buffer;

  constructor({ key, path, logger, checkMs, onChange }: TicketKeyOptions) {
    this.#bytes = key ?? randomBytes(KEY_BYTES);
    this.#logger = logger;
    if (path === undefined) return;
    this.#watch = new FileWatch({
      file: TICKET_KEY_FILE,
      path,
      logger,
      checkMs,
      meanwhile: 'the key stays as it was',
      onRead: (next, isMended) => {
        const isSame = next.equals(this.#bytes);
        if (isSame && !isMended) return;
        this.#bytes = next;
        const what = isSame ? 'the same as before' : 'another one; who came with a ticket has to come again';
        logger.info(`key of tickets read again: ${what}`);
        if (!isSame) onChange();
      },
    });
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Looks after the file from now on; without one, says what that means. */
  start(): void {
    if (this.#watch !== undefined) this.#watch.start();
    else {
      this.#logger.warn(
        'API_TICKET_KEY_FILE is not set: tickets are signed with a key of this process, so that those of one ' +
          'replica do not open another, and none outlives a restart. Make a file with `openssl rand -base64 32`, ' +
          'the same for all replicas',
      );
    }
  }

  stop(): void {
    this.#watch?.stop();
  }
}
