import { spawnSync } from 'node:child_process';

/** Something that examples need beside Node. */
interface Tool {
  /** What it is called, and installed as. */
  readonly name: string;
  /** The examples that need it. */
  readonly usedIn: RegExp;
  readonly isThere: () => boolean;
}

const succeeds = (command: string, ...args: readonly string[]): boolean => {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
};

/** The distribution's own has its packages; another may come before it in the path. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** A Python that has the package `websockets`; `undefined` where there is none. */
export const python = PYTHONS.find((command) => succeeds(command, '-c', 'import websockets'));

const TOOLS: readonly Tool[] = [
  { name: 'curl', usedIn: /\bcurl /, isThere: () => succeeds('curl', '--version') },
  { name: 'jq', usedIn: /\bjq\b/, isThere: () => succeeds('jq', '--version') },
  { name: 'redis-cli', usedIn: /\bredis-cli /, isThere: () => succeeds('redis-cli', '--version') },
  { name: 'npx', usedIn: /\bnpx /, isThere: () => succeeds('npx', '--version') },
  { name: 'python3-websockets', usedIn: /^import .*\bwebsockets$/m, isThere: () => python !== undefined },
];

const missing = TOOLS.filter(({ isThere }) => !isThere());

/** What code needs that isn't installed here. */
export function missingFor(code: string): readonly string[] {
  return missing.filter(({ usedIn }) => usedIn.test(code)).map(({ name }) => name);
}
