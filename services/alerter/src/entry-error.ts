/**
 * What an entry of MONITOR_CONFIG or one of its files says can't be used. Its message is for people, and holds no secret.
 */
export class EntryError extends Error {
  readonly code = 'ENTRY_WRONG';
}
