import { asError } from './as-error.ts';
import { maskSecrets } from './secrets/mask-secrets.ts';

/**
 * What an error says, for people, without secrets: what others made may repeat what they were given, as Redis does with
 * a password that it can't take.
 */
export function errorText(error: unknown): string {
  const { message, name } = asError(error);
  return maskSecrets(message === '' ? name : message);
}
