import type { Declarations, Setting } from '@mediamtx-monitor/runtime/settings';
import { ALL_SETTINGS, variablesOf } from '../all-settings.ts';
import { between } from './between.ts';
import { decidedSettings, withEnvironments } from './compose.ts';
import { COMPOSE_VARIABLES } from './compose-variables.ts';
import { SECTIONS, TABLES } from './sections.ts';
import { table } from './table.ts';

const LINE_LENGTH = 100;
const END = '<!-- end of settings -->';

/** A default as text; lists and what has none are empty. */
function defaultText({ default: usual }: Setting<unknown>): string {
  return typeof usual === 'string' || typeof usual === 'number' ? String(usual) : '';
}

const asCode = (text: string): string => (text === '' ? '' : `\`${text}\``);

function settingsTable(settings: Declarations): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const secret = setting.secret === true ? `**secret** (\`${name}_FILE\`) ` : '';
    const { kind, description } = setting;
    return [asCode(name), asCode(defaultText(setting)), kind.allowed, `${secret}${description}`];
  });
  return table([['setting', 'default', 'allowed', 'what it is'], ...rows]);
}

function variablesTable(): string {
  const rows = COMPOSE_VARIABLES.map((each) => [asCode(each.name), asCode(each.default), each.description]);
  return table([['variable', 'default', 'what it is'], ...rows]);
}

/** docs/configuration.md with its tables, and with what compose.yaml decides by itself. */
function configuration(text: string, services: readonly string[]): string {
  const parts = [...TABLES].map(([name, settings]) => [name, settingsTable(settings)] as const);
  const decided = `\n${[...decidedSettings(services)]
    .sort()
    .map((name) => `- ${asCode(name)}\n`)
    .join('')}\n`;
  return [...parts, ['compose', decided] as const, ['variables', variablesTable()] as const].reduce(
    (before, [name, body]) => between(before, `<!-- settings: ${name}, made by \`make docs\` -->`, END, body),
    text,
  );
}

const ENV_HEAD = `# Settings of all services, for a file .env or /etc/mediamtx-monitoring.env. Every line shows a default: take away the
# # of what you change, and start the services anew.
# Meaning, units and limits: docs/configuration.md. Secrets may come from a file: <NAME>_FILE=/path.
# Put passwords in single quotes, and comments on lines of their own.
`;

/** .env.example. */
function envExample(): string {
  const settings = SECTIONS.map(([title, group]) => {
    const lines = Object.entries(group).map(([name, setting]) => [name, defaultText(setting)] as const);
    return [title, lines] as const;
  });
  const variables = COMPOSE_VARIABLES.map((each) => [each.name, each.default] as const);
  const sections = [...settings, ['compose.yaml only', variables] as const].map(([title, lines]) => {
    const head = `# --- ${title} `.padEnd(LINE_LENGTH, '-');
    return `\n${head}\n${lines.map(([name, value]) => `#${name}=${value}\n`).join('')}`;
  });
  return `${ENV_HEAD}${sections.join('')}`;
}

/** The names that packages/runtime takes for settings. */
function knownNames(text: string): string {
  const names = [...variablesOf(ALL_SETTINGS)].sort().map((name) => `  '${name}',\n`);
  return between(text, 'new Set([', ']);', names.join(''));
}

/** What is made of the settings that the services declare, by its path: the new text from the one that is there. */
export const DOCUMENTS: ReadonlyMap<string, (text: string, services: readonly string[]) => string> = new Map([
  ['docs/configuration.md', configuration],
  ['.env.example', envExample],
  ['compose.yaml', withEnvironments],
  ['packages/runtime/src/settings/known-names.ts', knownNames],
]);
