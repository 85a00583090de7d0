import type { HostRecord } from '@mediamtx-monitor/types';
import { Cached, type HostFiles } from './files.ts';
import { parseDecimal, words } from './numbers.ts';

/** What a host runs, and for how long. */
export type SystemFacts = Pick<HostRecord, 'os' | 'kernel' | 'uptimeSeconds'>;

/** Reads which system a host runs. */
export class SystemReader {
  readonly #files: HostFiles;
  readonly #names: Cached<Pick<SystemFacts, 'os' | 'kernel'>>;

  constructor(files: HostFiles, monotonicMs: () => number) {
    this.#files = files;
    this.#names = new Cached(
      () => ({ os: readOs(files), kernel: files.parsed('/proc/sys/kernel/osrelease', parseWord) }),
      monotonicMs,
    );
  }

  read(): SystemFacts {
    return { ...this.#names.value, uptimeSeconds: this.#files.parsed('/proc/uptime', parseUptime) };
  }
}

/** On all current systems etc/os-release is a link, which below another root might lead elsewhere. */
function readOs(files: HostFiles): string | null {
  return (
    files.parsed('/usr/lib/os-release', parseOsRelease) ?? files.parsed('/etc/os-release', parseOsRelease)
  );
}

/** Reads os-release (freedesktop.org): name and version for people, else the plain name. */
export function parseOsRelease(text: string): string | null {
  const valueOf = (name: string): string | null => {
    const value = new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
    const unquoted = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
    return unquoted === '' ? null : unquoted.replaceAll(/\\(["'$`\\])/g, '$1');
  };
  return valueOf('PRETTY_NAME') ?? valueOf('NAME');
}

/** The first line of a file that holds one word; `null` when that is empty. */
export function parseWord(text: string): string | null {
  return words(text)[0] ?? null;
}

/** Reads proc/uptime, whose first number is the time since the start in seconds. */
export function parseUptime(text: string): number | null {
  return parseDecimal(words(text)[0]);
}
