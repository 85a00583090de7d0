import { asFields, asText } from '../fields.ts';
import type { ListOutcome } from '../protocols/index.ts';
import { isFrom, type Naming, namingsOf, RENAMED_IN } from './routes.ts';

/** The server that answers, as far as what can be asked of it depends on that. */
export interface ServerRun {
  /** As it says it itself (`/v3/info`); `null` where it doesn't. */
  readonly version: string | null;
  /** By which names it is asked first. */
  readonly naming: Naming;
  /** Another number once it was restarted, or may have been. */
  readonly run: number;
}

/** By which names one server's lists are asked for: what its version says, and what has answered so far. */
export class ListNames {
  /** Lists that have answered by another name than the one to try first. */
  readonly #exceptions = new Map<string, Naming>();
  /** For a server whose version says nothing of names. */
  #fallback: Naming = 'old';
  #version: string | null = null;
  #started: string | null = null;
  #run = 0;

  get server(): ServerRun {
    const naming = isFrom(this.#version, RENAMED_IN) === true ? 'new' : this.#fallback;
    return { version: this.#version, naming, run: this.#run };
  }

  /** The names of a list, in the order in which they are tried. */
  of(list: string): readonly Naming[] {
    return namingsOf(list, this.#exceptions.get(list) ?? this.server.naming);
  }

  /** Reads what the server says of itself, if it can be asked; whether it is another than was known, or was restarted. */
  learn(info: ListOutcome): boolean {
    const fields = info.kind === 'items' ? asFields(info.items[0]) : null;
    // That it says nothing tells something, too: before 1.15.2 there is no such route.
    if (fields === null && info.kind !== 'off') return false;
    const started = asText(fields?.['started']);
    const version = asText(fields?.['version'])?.trim() ?? null;
    if (started === this.#started && version === this.#version) return false;
    this.forget();
    [this.#started, this.#version] = [started, version];
    return true;
  }

  /** A list has answered by this name, after it hadn't by the first one to try. */
  remember(list: string, name: Naming): void {
    if (name === this.server.naming) return;
    // New names are of the server, not of one list.
    if (name === 'new') this.#fallback = name;
    else this.#exceptions.set(list, name);
  }

  /** The server that comes may be of another version. */
  forget(): void {
    this.#exceptions.clear();
    this.#fallback = 'old';
    this.#run += 1;
  }
}
