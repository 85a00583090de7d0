import { expect, test } from '@jest/globals';
import { fromStore, readerOf } from '../../src/http/store.ts';
import { RefusedError } from '../../src/http/refusal.ts';
import { serve } from '../serve.ts';

/** What becomes of a read that never ends, for a client that waits so long. */
async function reading(withinMs: number, clientMs?: number): Promise<unknown> {
  const context = { askerOf: () => ({ network: '', spent: () => undefined }) };
  let told: (error: unknown) => void;
  const result = new Promise<unknown>((resolve) => (told = resolve));
  const url = await serve((request, response) => {
    const { signal } = readerOf(context, { request, response }, withinMs);
    const read = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
    fromStore(read).catch((error: unknown) => {
      told(error instanceof RefusedError ? error.refusal : error);
      response.end();
    });
  });
  await fetch(url, clientMs === undefined ? {} : { signal: AbortSignal.timeout(clientMs) }).catch(
    () => undefined,
  );
  return result;
}

test('a read that takes too long is refused, with when to ask again', async () => {
  expect(await reading(20)).toMatchObject({
    code: 'store-unavailable',
    detail: expect.stringContaining('took too long'),
    headers: { 'Retry-After': '2' },
  });
});

test('one for which nobody waits any more is given up', async () => {
  expect(await reading(60_000, 50)).toMatchObject({ detail: expect.stringContaining('Nobody waits') });
});
