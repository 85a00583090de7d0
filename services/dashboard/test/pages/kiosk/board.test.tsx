/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openPage, settle, type TestPage, textOf } from '../../support/page.tsx';
import { snapshot, stream } from '../../support/records.ts';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
});

afterEach(() => {
  jest.useRealTimers();
  document.documentElement.removeAttribute('data-night');
});

/** Opens it, with streams of these names. Its script comes once it is wanted. */
async function openBoard(query: string, names: readonly string[]): Promise<TestPage> {
  const page = openPage(query);
  page.deliver(({ onStreams }) => onStreams?.(snapshot(names.map((name) => stream({ name })))));
  while (page.root.querySelector('.board-item') === null) await settle(page);
  return page;
}

test.each(['', '&view=cards', '&view=wall'])('turns its pages by itself%s', async (more) => {
  const { root, do: change } = await openBoard(`?kiosk&sort=name&lang=de${more}`, ['a', 'b', 'c']);
  // Where nothing is laid out, there is room for one.
  const seen = (): string => `${textOf(root, '[data-key] a')}: ${textOf(root, '.kiosk-position')}`;
  const turns = [seen()];
  for (let turn = 0; turn < 3; turn += 1) {
    change(() => {
      jest.advanceTimersByTime(15_000);
    });
    turns.push(seen());
  }
  expect(turns).toStrictEqual(['a: 1–1 von 3', 'b: 2–2 von 3', 'c: 3–3 von 3', 'a: 1–1 von 3']);
});

test('a wall has the tiles that its address says', async () => {
  const { root } = await openBoard('?kiosk&view=wall&tiles=2x2&sort=name', ['a', 'b', 'c', 'd', 'e']);
  const names = [...root.querySelectorAll('.board-item a')].map((link) => link.textContent);
  expect(names).toStrictEqual(['a', 'b', 'c', 'd']);
  expect(textOf(root, '.kiosk-position')).toBe('1–4 of 5');
  // Nothing is there to be clicked, and nothing plays.
  expect(root.querySelector('.board button, video')).toBeNull();
});

describe('at night', () => {
  const now = new Date(Date.parse('2026-01-01T01:05:00.000Z')).getHours();

  test.each([
    [`${now}-${(now + 1) % 24}`, true],
    [`${(now + 1) % 24}-${(now + 2) % 24}`, false],
  ])('%s: it is dimmed %s', async (night, isDimmed) => {
    const { do: change } = await openBoard(`?kiosk&night=${night}`, ['a']);
    expect(document.documentElement.hasAttribute('data-night')).toBe(isDimmed);
    change(() => {
      jest.advanceTimersByTime(30_000);
    });
    expect(document.documentElement.hasAttribute('data-night')).toBe(isDimmed);
  });

  test('nothing is dimmed that isn’t a screen on the wall any more', async () => {
    const page = await openBoard(`?kiosk&night=${now}-${(now + 1) % 24}`, ['a']);
    page.do(() => {
      page.dashboard.go({ kiosk: false });
    });
    expect(document.documentElement.hasAttribute('data-night')).toBe(false);
  });
});
