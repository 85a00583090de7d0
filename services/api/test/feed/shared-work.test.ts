import { expect, test } from '@jest/globals';
import { BusyError, type Reader } from '../../src/feed/read-turns.ts';
import { SharedWork } from '../../src/feed/shared-work.ts';

/** Work that ends when it is told to. */
function createWork() {
  const shared = new SharedWork<string>();
  const made: { readonly by: string; readonly signal: AbortSignal; readonly end: (error?: Error) => void }[] =
    [];
  const ask = (network: string, key = 'same') => {
    const leaving = new AbortController();
    const make = ({ network: by, signal }: Reader): Promise<string> =>
      new Promise((resolve, reject) => {
        made.push({
          by,
          signal,
          end: (error) => {
            if (error === undefined) resolve(`made by ${by}`);
            else reject(error);
          },
        });
      });
    const result = shared
      .take(key, { network, spent: () => undefined, signal: leaving.signal }, make)
      .catch((error: unknown) => (error instanceof BusyError ? error.code : String(error)));
    const leave = (): void => {
      leaving.abort(new BusyError('asker-gone'));
    };
    return { result, leave };
  };
  return { made, ask };
}

test('what is the same is made once for all who ask meanwhile, and anew for who asks then', async () => {
  const { made, ask } = createWork();
  const all = ['a', 'b', 'c'].map((name) => ask(name));
  const other = ask('d', 'another');
  expect(made.map(({ by }) => by)).toStrictEqual(['a', 'd']);
  made[0]?.end();
  expect(await Promise.all(all.map(({ result }) => result))).toStrictEqual(Array(3).fill('made by a'));
  const later = ask('b');
  made[1]?.end();
  made[2]?.end();
  expect(await Promise.all([other.result, later.result])).toStrictEqual(['made by d', 'made by b']);
});

test('it goes on as long as one waits for it, and no longer', async () => {
  const { made, ask } = createWork();
  const [a, b] = [ask('a'), ask('b')];
  a.leave();
  expect(await a.result).toBe('asker-gone');
  expect(made[0]?.signal.aborted).toBe(false);
  b.leave();
  expect(await b.result).toBe('asker-gone');
  expect(made[0]?.signal.aborted).toBe(true);
  const c = ask('c');
  made[0]?.end(new BusyError('asker-gone'));
  made[1]?.end();
  expect(await c.result).toBe('made by c');
});

test('what the first is refused is made for the next, and a failure is one for all', async () => {
  const { made, ask } = createWork();
  const [a, b, c] = [ask('a'), ask('b'), ask('c')];
  made[0]?.end(new BusyError('reads-waiting'));
  expect(await a.result).toBe('reads-waiting');
  expect(made.map(({ by }) => by)).toStrictEqual(['a', 'b']);
  made[1]?.end(new Error('broken'));
  expect(await Promise.all([b.result, c.result])).toStrictEqual(['Error: broken', 'Error: broken']);
  expect(made).toHaveLength(2);
});
