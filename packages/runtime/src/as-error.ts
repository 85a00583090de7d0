/** What was thrown or rejected with, as an error: anything may be thrown. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** What was thrown, with the place it comes from as far as that is known; for the log. */
export function stackOf(thrown: unknown): string {
  const error = asError(thrown);
  return error.stack ?? error.message;
}
