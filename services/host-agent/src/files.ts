import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';

/** Sizes of a file system as statfs tells them, in blocks; inodes are 0 where there is no limit. */
export interface FileSystemSizes {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}

/**
 * The files of a host, by the paths that they have there. Nothing throws: what can't be read is `null`.
 *
 * The kernel makes the files of proc and sys from memory: read synchronously they take microseconds each, and a fifth
 * of the processor time that Node's file threads would cost. What may not answer is read asynchronously, by `SlowReads`.
 */
export class HostFiles {
  /** Where the host's root is mounted here, without a slash at its end. */
  readonly root: string;

  constructor(root: string) {
    this.root = root.replace(/\/+$/, '');
  }

  /** Text of a small file; `null` when it can't be read. */
  text(path: string): string | null {
    try {
      return readFileSync(this.root + path, 'utf8');
    } catch {
      return null;
    }
  }

  /** What a file says, by its parser; `null` when it can't be read. */
  parsed<T>(path: string, parse: (text: string) => T): T | null {
    const text = this.text(path);
    return text === null ? null : parse(text);
  }

  /** Text of a file that may not answer, as a sensor's; `null` when it can't be read. */
  async slowText(path: string): Promise<string | null> {
    try {
      return await readFile(this.root + path, 'utf8');
    } catch {
      return null;
    }
  }

  /** Sizes of the file system that is mounted there; `null` when it doesn't tell. */
  async sizes(path: string): Promise<FileSystemSizes | null> {
    try {
      return await statfs(this.root + path);
    } catch {
      return null;
    }
  }

  /** Names in a folder; `null` when it can't be read. */
  names(path: string): string[] | null {
    try {
      return readdirSync(this.root + path);
    } catch {
      return null;
    }
  }

  /** Size of a file or folder, as its file system tells it; `null` when it can't be seen. */
  size(path: string): number | null {
    try {
      return statSync(this.root + path).size;
    } catch {
      return null;
    }
  }

  /** Whether something can be seen at this path. */
  exists(path: string): boolean {
    return existsSync(this.root + path);
  }
}

/**
 * Reads what may not answer, as a file system whose server is gone. The answer is `null` when reading fails, after the
 * time-out, and as long as an earlier reading of the same name is open: so no name ever holds up more than one of the
 * few threads on which Node reads files.
 */
export class SlowReads {
  readonly #timeoutMs: number;
  readonly #open = new Set<string>();

  /** @param timeoutMs how long an answer is waited for */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  async read<T>(name: string, read: () => Promise<T>): Promise<T | null> {
    if (this.#open.has(name)) return null;
    this.#open.add(name);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, this.#timeoutMs, null);
    });
    const answer = read()
      .catch(() => null)
      .finally(() => {
        this.#open.delete(name);
        clearTimeout(timer);
      });
    return Promise.race([answer, timeout]);
  }
}

const REFRESH_MS = 60_000;

/** What seldom changes on a host: read anew once a minute. */
export class Cached<T> {
  readonly #read: () => T;
  readonly #monotonicMs: () => number;
  #newest: { readonly value: T; readonly readAtMs: number } | null = null;

  constructor(read: () => T, monotonicMs: () => number) {
    this.#read = read;
    this.#monotonicMs = monotonicMs;
  }

  get value(): T {
    const nowMs = this.#monotonicMs();
    if (this.#newest === null || nowMs - this.#newest.readAtMs >= REFRESH_MS) {
      this.#newest = { value: this.#read(), readAtMs: nowMs };
    }
    return this.#newest.value;
  }
}
