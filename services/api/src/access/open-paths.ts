import { pathOf } from '../http/url.ts';

/** Below a path: plain file names only, nothing that another part might take for a way out of there. */
const FILE_NAME = /^[\w-]*(?:\.[\w-]+)*$/;

/** What holds no data: who watches or reads about this service needs no token, and may be any page. */
export class OpenPaths {
  readonly #paths: ReadonlySet<string>;
  readonly #folders: readonly string[];

  /** @param paths with a slash at the end for the files below, too */
  constructor(paths: Iterable<string>) {
    this.#paths = new Set(paths);
    this.#folders = [...this.#paths].filter((path) => path.endsWith('/') && path !== '/');
  }

  /** Whether one of them is just this. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Whether what has this URL is open to everyone. */
  isOpen(url: string): boolean {
    const path = pathOf(url);
    return this.has(path) || this.#folders.some((folder) => isFileIn(folder, path));
  }
}

function isFileIn(folder: string, path: string): boolean {
  return path.startsWith(folder) && FILE_NAME.test(path.slice(folder.length));
}
