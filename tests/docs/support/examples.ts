import type { CodeBlock } from './markdown.ts';
import { inProject } from './documents.ts';
import type { ProgramCommand } from './run-program.ts';
import { python } from './tools.ts';

/** Languages of the blocks that can be run. */
export const LANGUAGES = ['sh', 'console', 'js', 'py'] as const;

/** Where examples find what the documents call by its usual address. */
export interface Places {
  readonly apiUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
  readonly token: string;
}

const API = '127.0.0.1:8000';
const PROMPT = '$ ';
/** Stands in the output between what two commands have said. */
const SEPARATOR = '\u001E';

/** Node has a `WebSocket` by itself from this version on. */
const WEBSOCKET_NODE = 22;
const hasWebSocket = Number(process.versions.node.split('.')[0]) >= WEBSOCKET_NODE;

/** Whether an example brings a token, so that it needs an API with tokens. */
export function bringsToken({ code }: CodeBlock): boolean {
  return /\bTOKEN\b/.test(code);
}

/** The program that an example is. */
export function programOf({ language, code }: CodeBlock, places: Places): ProgramCommand {
  const text = code
    .replaceAll(API, new URL(places.apiUrl).host)
    .replaceAll('redis-cli ', `redis-cli -u ${places.redisUrl} `)
    .replaceAll(/\bmediamtx:/g, `${places.prefix}:`);
  // npx must not look anywhere else, and Node not take the settings of the test run.
  const env = { ...process.env, TOKEN: places.token, npm_config_offline: 'true' };
  Reflect.deleteProperty(env, 'NODE_OPTIONS');
  const shared = { cwd: inProject('tests'), env };
  if (language === 'js') {
    const flags = hasWebSocket ? [] : ['--experimental-websocket'];
    const args = [...flags, '--input-type=module', '--eval', text];
    return { ...shared, command: process.execPath, args };
  }
  if (language === 'py') return { ...shared, command: python ?? 'python3', args: ['-c', text] };
  const script = language === 'console' ? commandsIn(text).join(`\nprintf '${SEPARATOR}'\n`) : text;
  return { ...shared, command: 'bash', args: ['-e', '-c', script] };
}

/** What a `console` block says the commands print, line by line; none of other blocks. */
export function shownIn({ language, code }: CodeBlock): readonly string[] {
  if (language !== 'console') return [];
  return linesOf(code).filter((line) => !line.startsWith(PROMPT));
}

/** What the commands have printed, line by line. */
export function printedIn(stdout: string): readonly string[] {
  return stdout.split(SEPARATOR).flatMap(linesOf);
}

function commandsIn(code: string): string[] {
  return code.split('\n').flatMap((line) => (line.startsWith(PROMPT) ? [line.slice(PROMPT.length)] : []));
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
