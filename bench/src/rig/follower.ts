import type { Served } from './api.ts';
import type { Ending } from './ending.ts';

/**
 * Follows the streams of an API, as an open page does, and drops what comes.
 * @param query what it wants of them, as in `?server=main`
 */
export async function followStreams(ending: Ending, { port }: Served, query = ''): Promise<void> {
  const leaving = new AbortController();
  ending.add(() => {
    leaving.abort();
  });
  const { body } = await fetch(`http://127.0.0.1:${port}/api/live${query}`, { signal: leaving.signal });
  if (body === null) throw new Error('the API sends no events');
  body.pipeTo(new WritableStream()).catch(() => undefined);
}
