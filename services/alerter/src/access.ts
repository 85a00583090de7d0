import { type FileLook, lookAtFile } from '@mediamtx-monitor/runtime';
import type { TargetAddress } from './model.ts';
import { EntryError } from './entry-error.ts';

/** Where somebody is who is called, and what proves who calls. */
export interface TargetAccess {
  readonly url: string | null;
  /** One or, while they are changed for others, several. */
  readonly secrets: readonly string[];
}

/**
 * What the files of an address hold now: they are read for each try, so that a change counts at once.
 * @throws {EntryError} that names the setting and the file
 */
export function readAccess(
  { url, urlFile, secretFile }: Pick<TargetAddress, 'url' | 'urlFile' | 'secretFile'>,
  look: (path: string) => FileLook = lookAtFile,
): TargetAccess {
  return {
    url: urlFile === null ? url : (linesIn('urlFile', urlFile, look(urlFile))[0] ?? null),
    secrets: secretFile === null ? [] : linesIn('secretFile', secretFile, look(secretFile)),
  };
}

/** The address itself. @throws {EntryError} where there is none, or it can't be one */
export function urlOf(
  { url }: TargetAccess,
  { urlFile }: Pick<TargetAddress, 'urlFile'>,
  protocols: readonly string[],
): URL {
  const setting = urlFile === null ? 'url' : `urlFile ${urlFile}`;
  if (url === null) throw new EntryError('it has neither url nor urlFile');
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.host === '' || !protocols.includes(parsed.protocol)) {
    throw new EntryError(`${setting} has to be an address that begins with ${protocols.join('// or ')}//`);
  }
  return parsed;
}

/** The first secret of a target. @throws {EntryError} where it has none */
export function secretOf({ secrets }: TargetAccess): string {
  const [secret] = secrets;
  if (secret === undefined) throw new EntryError('it has no secretFile');
  return secret;
}

function linesIn(setting: string, path: string, { text, failure }: FileLook): readonly string[] {
  if (text === null) throw new EntryError(`${setting} ${path} can’t be read (${failure})`);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw new EntryError(`${setting} ${path} is empty`);
  return lines;
}
