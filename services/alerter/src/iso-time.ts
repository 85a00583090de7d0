/** A time for people: RFC 3339, UTC. @param wallMs Unix time in ms */
export function isoTime(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
