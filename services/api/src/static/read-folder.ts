import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asError, SettingsError } from '@mediamtx-monitor/runtime';
import { DASHBOARD_SETTINGS } from '../settings.ts';

/**
 * All files of a folder by their path in URLs, as in `/assets/index.js`. Those that begin with a dot, or are below
 * a folder that does, are none of it; nor is what a link leads to.
 * @param reserved paths none of which may begin with the same name
 * @throws {SettingsError} for a folder that has no index.html or can't be read
 */
export function readFolder(folder: string, reserved: readonly string[]): ReadonlyMap<string, Buffer> {
  const wrong = (what: string): SettingsError =>
    new SettingsError([
      `STATIC_DIR is "${folder}", ${what}; allowed: ${DASHBOARD_SETTINGS.STATIC_DIR.kind.allowed}`,
    ]);
  const names = readNames(folder, wrong);
  if (!names.includes('index.html')) throw wrong('which has no index.html');
  const taken = new Set(reserved.map((path) => path.split('/', 2)[1]));
  const shadowing = names.map((name) => name.split('/', 1)[0] ?? '').find((first) => taken.has(first));
  if (shadowing !== undefined) throw wrong(`which has "${shadowing}", a path of the API`);
  return new Map(names.map((name) => [`/${encodeURI(name)}`, readFileSync(join(folder, name))]));
}

/** Names of its files, relative to it and with slashes. */
function readNames(folder: string, wrong: (what: string) => SettingsError): string[] {
  try {
    return namesBelow(folder, '');
  } catch (error) {
    throw wrong(`which can't be read (${asError(error).message})`);
  }
}

/** Folder by folder: what reads them all at once follows links to folders, from Node 24 on. */
function namesBelow(folder: string, begin: string): string[] {
  const entries = readdirSync(join(folder, begin), { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const name = begin + entry.name;
      if (entry.isDirectory()) return namesBelow(folder, `${name}/`);
      return entry.isFile() ? [name] : [];
    });
}
