import {
  isThisMachineOnly,
  readSettingFile,
  type ParseResult,
  SettingsError,
} from '@mediamtx-monitor/runtime';
import type { PUBLISHED_SETTINGS, SettingValuesOf } from '@mediamtx-monitor/runtime/settings';
import { ACCESS_SETTINGS } from '../settings.ts';
import { createClientAddress } from './client-address.ts';
import { TICKET_KEY_FILE } from './tickets.ts';
import { parseTokenLines, type TokenEntry, type TokenLines, TOKENS_FILE } from './tokens.ts';

export type AccessSettings = Omit<
  SettingValuesOf<typeof ACCESS_SETTINGS & typeof PUBLISHED_SETTINGS>,
  'API_PORT'
>;
type TokenSettings = Partial<Pick<AccessSettings, 'API_TOKENS' | 'API_TOKENS_FILE'>>;
type TicketKeySettings = Partial<Pick<AccessSettings, 'API_TICKET_KEY_FILE'>>;

/** Later an empty file takes every token away; at the start it is more likely the wrong one. */
const TOKENS_FILE_AT_START: typeof TOKENS_FILE = {
  ...TOKENS_FILE,
  parse: (text) => {
    const reading = TOKENS_FILE.parse(text);
    return reading.value?.length === 0 ? wrong(['content is no token']) : reading;
  },
};

/** Mistakes in the settings of access that only show when they are used; none of them shows a secret. */
export function accessMistakes(settings: Partial<AccessSettings>): readonly string[] {
  return [
    ...(inspectTokens(settings)?.mistakes ?? []),
    ...(inspectTicketKey(settings)?.mistakes ?? []),
    ...proxyMistakes(settings.TRUST_PROXY ?? []),
  ];
}

/**
 * The tokens at the start; `null` where none are set and everyone may ask.
 * @throws {SettingsError} for a file that is not as it should be
 */
export function readTokens(settings: TokenSettings): readonly TokenEntry[] | null {
  return valueOf(inspectTokens(settings));
}

/**
 * The key for tickets at the start; `null` where no file of it is set.
 * @throws {SettingsError} for a file that is not as it should be
 */
export function readTicketKey(settings: TicketKeySettings): Buffer | null {
  return valueOf(inspectTicketKey(settings));
}

function valueOf<T>(reading: ParseResult<T> | null): T | null {
  if (reading?.mistakes) throw new SettingsError(reading.mistakes);
  return reading?.value ?? null;
}

function inspectTokens({ API_TOKENS: lines = [], API_TOKENS_FILE: path }: TokenSettings): TokenLines | null {
  if (path !== undefined) {
    if (lines.length > 0) return wrong(['API_TOKENS and API_TOKENS_FILE are both set; set one of them']);
    return readSettingFile(TOKENS_FILE_AT_START, path);
  }
  if (lines.length === 0) return null;
  const found = parseTokenLines(lines);
  if (found.mistakes === null) return found;
  return wrong(['API_TOKENS is (hidden), which has a name more than once; allowed: each name once']);
}

function inspectTicketKey({ API_TICKET_KEY_FILE: path }: TicketKeySettings): ParseResult<Buffer> | null {
  return path === undefined ? null : readSettingFile(TICKET_KEY_FILE, path);
}

function wrong(mistakes: readonly string[]): TokenLines {
  return { value: null, mistakes };
}

function proxyMistakes(proxies: readonly string[]): readonly string[] {
  return proxies.flatMap((proxy) => {
    try {
      createClientAddress([proxy]);
      return [];
    } catch {
      return [`TRUST_PROXY has "${proxy}"; allowed: ${ACCESS_SETTINGS.TRUST_PROXY.kind.allowed}`];
    }
  });
}

/** Sentences for the log, where the settings have everyone read everything who shouldn't need to. */
export function exposureWarnings(
  settings: Pick<AccessSettings, 'API_HOST' | 'PUBLISHED_ON' | 'ALLOWED_ORIGINS'>,
  hasTokens: boolean,
): readonly string[] {
  if (hasTokens) return [];
  const { API_HOST: host, PUBLISHED_ON: publishedOn, ALLOWED_ORIGINS: origins } = settings;
  return [
    ...(isThisMachineOnly(publishedOn ?? host) ? [] : [openToAll(host, publishedOn)]),
    ...(origins.includes('null') ? [OPEN_TO_PAGES] : []),
  ];
}

function openToAll(host: string, publishedOn: string | undefined): string {
  const all = 'and no tokens are set: whoever reaches this port can read everything.';
  // Of a container of compose.yaml, which takes its tokens from a place of its own.
  if (publishedOn !== undefined) {
    return (
      `the API is published on ${publishedOn} ${all} Use compose.prod.yaml with tokens, as docs/operations.md says, ` +
      'or publish the port on 127.0.0.1 only (PUBLISH_ADDRESS in .env)'
    );
  }
  return (
    `API_HOST is ${host} ${all} Make a token with \`make token NAME=…\` and set API_TOKENS_FILE, or set ` +
    'API_HOST=127.0.0.1 (of a container, publish the port on 127.0.0.1 only, as compose.yaml does)'
  );
}

const OPEN_TO_PAGES =
  'ALLOWED_ORIGINS has null and no tokens are set: any web page can hide its origin, so any page that someone ' +
  'opens who reaches this port can read everything. Make a token with `make token NAME=…` and set API_TOKENS_FILE, ' +
  'or take null out';

/**
 * Sentences for the log, where names in API_OPERATORS stand for nobody.
 * @param hasToken whether there is a token of a name
 */
export function operatorWarnings(
  operators: readonly string[],
  hasToken: (name: string) => boolean,
): readonly string[] {
  const without = operators.filter((name) => !hasToken(name));
  if (without.length === 0) return [];
  return [
    `API_OPERATORS names ${without.join(', ')}, but there is no token of that name: make one with \`make token NAME=…\`, ` +
      'or take the name out',
  ];
}
