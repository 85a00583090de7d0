import type { ServerResponse } from 'node:http';

/**
 * `Vary` of an answer that depends on this header of the request too, beside what was set before: by access, where
 * answers depend on `Origin`. What access refuses by other headers is never stored, and what it lets in is either
 * asked for again each time or open to everyone, so that those needn't be named.
 */
export function varyOf(response: ServerResponse, name: string): string {
  const before = response.getHeader('Vary');
  return before === undefined ? name : `${String(before)}, ${name}`;
}
