import { createHash } from 'node:crypto';
import { TOKEN_NAME, TOKEN_NAME_RULE } from '@mediamtx-monitor/runtime';

/** How many random bytes a token is made of: nobody guesses it. */
export const TOKEN_BYTES = 32;

/** A token, made of random bytes; good as it is in a header and as a WebSocket's subprotocol. */
export function tokenOf(bytes: Buffer): string {
  return bytes.toString('base64url');
}

/** The line that stands for a token where it is checked; it doesn't give the token away. */
export function lineOf(name: string, token: string): string {
  return `${name}:${createHash('sha256').update(token).digest('hex')}`;
}

/** What is wrong with the name of a token; `undefined` when it is right. */
export function nameMistake(name: string): string | undefined {
  if (TOKEN_NAME.test(name)) return undefined;
  return `NAME is "${name}"; allowed: ${TOKEN_NAME_RULE}, as in dashboard`;
}

/** What to print about a new token, whose line goes into a place that depends on how the API runs. */
export function tokenLines(
  name: string,
  token: string,
  place = 'the file that API_TOKENS_FILE names',
): string[] {
  return [
    `Token, shown only now:  ${token}`,
    `Line for the API:       ${lineOf(name, token)}`,
    '',
    `Put the line into ${place} (a running API takes it up by itself) and give the token to ${name}.`,
  ];
}
