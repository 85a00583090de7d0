import { describe, expect, test } from '@jest/globals';
import { RibbonKeeper } from '../../../src/pages/history/ribbon-keeper.ts';

function startKeeper(
  answer: (key: string) => Promise<string | null> = (key) => Promise.resolve(`of ${key}`),
) {
  const asked: string[] = [];
  const world = { now: 0, kept: new Map<string, string>() as ReadonlyMap<string, string> };
  const keeper = new RibbonKeeper({
    ask: (key) => {
      asked.push(key);
      return answer(key);
    },
    tell: (ribbons) => {
      world.kept = ribbons;
    },
    now: () => world.now,
  });
  const look = async (keys: readonly string[], times = 1): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      keeper.look(keys);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { asked, world, look, keeper };
}

const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `cam-${from + n}`);

describe('ribbons of the rows in view', () => {
  test('are asked for a few at a time, the uppermost first, and each once', async () => {
    const { asked, world, look } = startKeeper();
    await look(names(0, 12));
    expect(asked).toStrictEqual(names(0, 5));
    await look(names(0, 12), 9);
    expect(asked).toStrictEqual(names(0, 12));
    expect(world.kept.get('cam-11')).toBe('of cam-11');
  });

  test('of others aren’t asked for before the last have come', () => {
    const { asked, keeper } = startKeeper(() => new Promise(() => undefined));
    keeper.look(names(0, 12));
    keeper.look(names(20, 30));
    expect(asked).toStrictEqual(names(0, 5));
  });

  test('are asked for again after five minutes', async () => {
    const { asked, world, look } = startKeeper();
    await look(['cam'], 3);
    world.now = 299_999;
    await look(['cam']);
    expect(asked).toHaveLength(1);
    world.now = 300_000;
    await look(['cam']);
    expect(asked).toHaveLength(2);
  });

  test('of which nothing is known are none, and others are asked for all the same', async () => {
    const { asked, world, look } = startKeeper((key) =>
      key === 'cam-1' ? Promise.reject(new Error('404')) : Promise.resolve(key === 'cam-2' ? null : key),
    );
    await look(names(0, 7), 2);
    expect([...world.kept.keys()]).toStrictEqual(['cam-0', 'cam-3', 'cam-4', 'cam-5', 'cam-6']);
    expect(asked).toHaveLength(7);
  });

  test('rest for a minute where the API refuses all', async () => {
    const { asked, world, look } = startKeeper(() => Promise.reject(new Error('429')));
    await look(names(0, 12), 5);
    expect(asked).toHaveLength(5);
    world.now = 60_000;
    await look(names(0, 12));
    expect(asked).toHaveLength(10);
  });

  test('are kept of so many streams only', async () => {
    const { world, look } = startKeeper();
    for (let first = 0; first < 600; first += 5) await look(names(first, first + 5));
    expect(world.kept.size).toBe(500);
    expect([world.kept.has('cam-99'), world.kept.has('cam-100')]).toStrictEqual([false, true]);
  });
});
