import type { Served } from './api.ts';
import type { Ending } from './ending.ts';

/** Follows the streams of an API, as an open page does, and drops what comes. */
export async function followStreams(ending: Ending, { port }: Served): Promise<void> {
  const leaving = new AbortController();
  ending.add(() => {
    leaving.abort();
  });
  const { body } = await fetch(`http://127.0.0.1:${port}/api/live`, { signal: leaving.signal });
  if (body === null) throw new Error('the API sends no events');
  body.pipeTo(new WritableStream()).catch(() => undefined);
}
