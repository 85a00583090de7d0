import { pathOf } from '../http/url.ts';

/** Below a path: plain file names only, nothing that another part might take for a way out of there. */
const FILE_NAME = /^[\w-]*(?:\.[\w-]+)*$/;

/** What may stand in a path for a name in braces. */
const NAME_IN_PATH = '[a-z0-9][a-z0-9-]{0,63}';

/**
 * What holds no data, or only such as is meant for everyone: who watches or reads about this service needs no token, and
 * may be any page.
 */
export class OpenPaths {
  readonly #paths: ReadonlySet<string>;
  readonly #folders: readonly string[];
  readonly #patterns: readonly RegExp[];

  /** @param paths with a slash at the end for the files below, too; `{…}` in one stands for a name */
  constructor(paths: Iterable<string>) {
    this.#paths = new Set(paths);
    this.#folders = [...this.#paths].filter((path) => path.endsWith('/') && path !== '/');
    this.#patterns = [...this.#paths].filter((path) => path.includes('{')).map(patternOf);
  }

  /** Whether one of them is just this. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Whether what has this URL is open to everyone. */
  isOpen(url: string): boolean {
    const path = pathOf(url);
    return (
      this.has(path) ||
      this.#folders.some((folder) => isFileIn(folder, path)) ||
      this.#patterns.some((pattern) => pattern.test(path))
    );
  }
}

function patternOf(path: string): RegExp {
  const literal = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\{\w+\}/g, NAME_IN_PATH)}$`);
}

function isFileIn(folder: string, path: string): boolean {
  return path.startsWith(folder) && FILE_NAME.test(path.slice(folder.length));
}
