import { SETTINGS, SettingsError, type SettingValues, TOKEN_LINE_RULE } from '@mediamtx-monitor/runtime';
import { createClientAddress } from './client-address.ts';
import { parseTokenLines, parseTokensFile, type TokenEntry, type TokenLines } from './token-lines.ts';
import { readTokensFile } from './tokens-file.ts';

export type AccessSettings = Pick<
  SettingValues,
  | 'API_HOST'
  | 'API_TOKENS'
  | 'API_TOKENS_FILE'
  | 'ALLOWED_ORIGINS'
  | 'ALLOWED_HOSTS'
  | 'TRUST_PROXY'
  | 'MAX_REQUESTS_PER_MINUTE'
  | 'MAX_CLIENTS'
  | 'MAX_CLIENTS_PER_ADDRESS'
  | 'MAX_FILTERS'
  | 'MAX_FILTERS_PER_ADDRESS'
>;
type TokenSettings = Partial<Pick<AccessSettings, 'API_TOKENS' | 'API_TOKENS_FILE'>>;

/** Mistakes in the settings of access that only show when they are used; none of them shows a token. */
export function accessMistakes(settings: Partial<AccessSettings>): readonly string[] {
  return [...(inspectTokens(settings)?.mistakes ?? []), ...proxyMistakes(settings.TRUST_PROXY ?? [])];
}

/**
 * The tokens at the start; `null` where none are set and everyone may ask.
 * @throws {SettingsError} for a file that is not as it should be
 */
export function readTokens(settings: TokenSettings): readonly TokenEntry[] | null {
  const found = inspectTokens(settings);
  if (found?.mistakes) throw new SettingsError(found.mistakes);
  return found?.entries ?? null;
}

function inspectTokens({ API_TOKENS: lines = [], API_TOKENS_FILE: path }: TokenSettings): TokenLines | null {
  if (path !== undefined) {
    if (lines.length > 0) return wrong(['API_TOKENS and API_TOKENS_FILE are both set; set one of them']);
    return inspectFile(path);
  }
  if (lines.length === 0) return null;
  const found = parseTokenLines(lines);
  if (found.mistakes === null) return found;
  return wrong(['API_TOKENS is (hidden), which has a name more than once; allowed: each name once']);
}

function inspectFile(path: string): TokenLines {
  const refuse = (what: string): TokenLines =>
    wrong([`API_TOKENS_FILE is "${path}", ${what}; allowed: ${TOKEN_LINE_RULE}`]);
  const { text, failure } = readTokensFile(path);
  if (text === null) return refuse(`which can't be read (${failure})`);
  const found = parseTokensFile(text);
  if (found.mistakes !== null) return refuse(`whose ${found.mistakes.join(', ')}`);
  return found.entries.length === 0 ? refuse('which holds no token') : found;
}

function wrong(mistakes: readonly string[]): TokenLines {
  return { entries: null, mistakes };
}

function proxyMistakes(proxies: readonly string[]): readonly string[] {
  return proxies.flatMap((proxy) => {
    try {
      createClientAddress([proxy]);
      return [];
    } catch {
      return [`TRUST_PROXY has "${proxy}"; allowed: ${SETTINGS.TRUST_PROXY.allowed}`];
    }
  });
}
