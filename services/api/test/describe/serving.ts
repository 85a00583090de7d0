import { createDescriptions } from '../../src/describe/index.ts';
import { RefusedError } from '../../src/http/refusal.ts';
import { serve } from '../serve.ts';

/** Serves the descriptions alone, by their paths; resolves with the base address. */
export function serveDescriptions(): Promise<string> {
  const resources = Object.entries(createDescriptions({ version: '1.2.3' }));
  return serve((request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const found =
      resources.find(([own]) => own === path) ??
      resources.find(([own]) => own.endsWith('/') && path.startsWith(own));
    if (found === undefined) throw new RefusedError({ code: 'not-found', detail: path });
    found[1](request, response);
  });
}
