import { readText } from '../../docs/support/documents.ts';

/** The users of services, as a section of docs/redis-setup.md makes them: rights by name. */
export function documentedUsers(heading: string): ReadonlyMap<string, readonly string[]> {
  const text = readText('docs/redis-setup.md');
  const section = text.slice(text.indexOf(`${heading}\n`)).split(/\n#{2,3} /, 1)[0] ?? '';
  const lines = [...section.matchAll(/^user (\S+) on >\S+ (.+)$/gm)];
  return new Map(lines.map(([, name = '', rights = '']) => [name, rights.split(' ')]));
}
