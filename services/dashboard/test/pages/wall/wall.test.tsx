/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { openPage, settle, type TestPage, textOf } from '../../support/page.tsx';
import { snapshot, stream } from '../../support/records.ts';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
});

afterEach(() => {
  jest.useRealTimers();
});

/** A wall, and who was asked for the places where streams can be played. */
interface OpenWall extends TestPage {
  readonly asked: () => number;
  readonly tile: (name: string) => HTMLElement;
}

const LIVE = ['a', 'b', 'c'].map((name) => stream({ name }));

/** What answers has no address of previews: how far a tile gets says so. */
async function openWall(query: string, streams: readonly StreamRecord[] = LIVE): Promise<OpenWall> {
  let asked = 0;
  const fetch = (url: unknown): Promise<Response> => {
    if (String(url).endsWith('/api/previews')) asked += 1;
    return Promise.resolve({ ok: true, json: () => Promise.resolve({ items: [] }) } as Response);
  };
  const page = openPage(query, { fetch });
  page.deliver(({ onStreams }) => onStreams?.(snapshot(streams)));
  while (page.root.querySelector('.tile') === null) await settle(page);
  return { ...page, asked: () => asked, tile: (name) => tileOf(page.root, name) };
}

function tileOf(root: HTMLElement, name: string): HTMLElement {
  const tiles = [...root.querySelectorAll<HTMLElement>('.tile')];
  const tile = tiles.find((one) => one.querySelector('a')?.textContent === name);
  if (tile === undefined) throw new Error(`no tile of ${name}`);
  return tile;
}

function names(root: HTMLElement): string[] {
  return [...root.querySelectorAll('.tile')].map((tile) => textOf(tile, '.tile-foot'));
}

/** Has the pointer come or go. */
function point(
  page: OpenWall,
  name: string,
  type: 'pointerenter' | 'pointerleave',
  pointerType = 'mouse',
): void {
  page.do(() => {
    const event = new MouseEvent(type);
    Object.defineProperty(event, 'pointerType', { value: pointerType });
    page.tile(name).dispatchEvent(event);
  });
}

function rest(page: OpenWall, ms = 700): void {
  page.do(() => {
    jest.advanceTimersByTime(ms);
  });
}

function press(page: OpenWall, label: string): void {
  page.do(() => {
    const buttons = [...page.root.querySelectorAll<HTMLElement>('button, input[type=checkbox]')];
    const isIt = (button: HTMLElement): boolean =>
      button.getAttribute('aria-label') === label || button.textContent === label;
    const button = buttons.find(isIt);
    if (button === undefined) throw new Error(`nothing is called ${label}`);
    button.click();
  });
}

/** Those that play until someone stops them. */
function playing({ root }: OpenWall): string[] {
  return [...root.querySelectorAll('[aria-label^="Stop "]')].map((button) =>
    (button.getAttribute('aria-label') ?? '').slice('Stop '.length),
  );
}

describe('a tile', () => {
  test('has one number, or what is wrong, or why nothing arrives', async () => {
    const reasons = [
      {
        code: 'stalled',
        severity: 'critical',
        measured: null,
        limit: null,
        since: '2026-01-01T00:00:00.000Z',
      },
    ] as const;
    const page = await openWall('?view=wall', [
      stream({ name: 'a', inboundMbps: 4.2 }),
      stream({ name: 'b', health: 'critical', reasons }),
      stream({ name: 'c', state: 'idle', health: 'ok' }),
      stream({ name: 'd', inboundMbps: null }),
    ]);
    const figures = ['a', 'b', 'c', 'd'].map((name) => textOf(page.tile(name), '.figure'));
    expect(figures).toStrictEqual(['4.20Mbit/s', 'No data arrives', 'Idle At rest', '–unknown']);
    expect(page.tile('b').className).toContain('tile-critical');
  });

  test('plays when the pointer rests on it, not while it crosses, and until it leaves', async () => {
    const page = await openWall('?view=wall');
    point(page, 'a', 'pointerenter');
    rest(page, 699);
    point(page, 'a', 'pointerleave');
    rest(page);
    await settle(page);
    expect(page.asked()).toBe(0);
    point(page, 'b', 'pointerenter');
    rest(page);
    await settle(page);
    expect(page.asked()).toBe(1);
    await settle(page);
    // What keeps it from playing is said in the tile.
    expect(textOf(page.tile('b'), '.tile-status')).toContain('No preview address is set');
    point(page, 'b', 'pointerleave');
    expect(textOf(page.tile('b'), '.tile-status')).toBe('');
    expect(page.asked()).toBe(1);
  });

  test('plays for no finger that only touches it, and for nobody who wants no motion', async () => {
    const page = await openWall('?view=wall');
    point(page, 'a', 'pointerenter', 'touch');
    rest(page);
    const { matchMedia } = globalThis;
    globalThis.matchMedia = (query) =>
      Object.assign(matchMedia(query), { matches: query.includes('reduced-motion') });
    point(page, 'b', 'pointerenter');
    rest(page);
    globalThis.matchMedia = matchMedia;
    await settle(page);
    expect(page.asked()).toBe(0);
  });

  test.each<[string, Partial<StreamRecord>]>([
    ['on demand', { onDemand: true }],
    [
      'pulled on demand, as an older collector says it',
      { pull: { onDemand: true, state: null, error: null } },
    ],
    ['pulled, and nobody knows how', { onDemand: null, pull: { onDemand: null, state: null, error: null } }],
    ['not live', { state: 'waiting', health: 'ok' }],
  ])('that is %s plays only when someone says so', async (_what, given) => {
    const page = await openWall('?view=wall&chosen=main/shy', [stream({ name: 'shy', ...given }), ...LIVE]);
    point(page, 'shy', 'pointerenter');
    rest(page);
    press(page, 'Play chosen');
    await settle(page);
    expect(page.asked()).toBe(0);
    press(page, 'Play shy');
    await settle(page);
    expect(page.asked()).toBe(1);
  });

  test('plays on beside others once ▷ was pressed, wherever the pointer is, until that is pressed again', async () => {
    const page = await openWall('?view=wall');
    point(page, 'a', 'pointerenter');
    rest(page);
    await settle(page);
    // It plays since someone looks, and the button still offers that it plays on.
    press(page, 'Play a');
    point(page, 'a', 'pointerleave');
    point(page, 'b', 'pointerenter');
    press(page, 'Play b');
    point(page, 'b', 'pointerleave');
    rest(page, 5_000);
    await settle(page);
    expect(page.asked()).toBe(2);
    expect(playing(page)).toStrictEqual(['a', 'b']);
    point(page, 'a', 'pointerenter');
    press(page, 'Stop a');
    rest(page, 5_000);
    await settle(page);
    // Whoever stops it looks at it, and doesn't mean that.
    expect([playing(page), page.asked()]).toStrictEqual([['b'], 2]);
    press(page, 'Stop');
    expect(playing(page)).toStrictEqual([]);
  });

  test('plays on until its page is turned', async () => {
    const many = Array.from({ length: 6 }, (_, index) => stream({ name: `cam${index}` }));
    const page = await openWall('?view=wall&tiles=2x2&sort=name', many);
    press(page, 'Play cam0');
    press(page, 'Play cam3');
    press(page, 'Next page');
    expect(playing(page)).toStrictEqual(['cam3']);
    press(page, 'Previous page');
    expect(playing(page)).toStrictEqual(['cam3']);
  });

  test('plays on beside eight others at most', async () => {
    const many = Array.from({ length: 12 }, (_, index) => stream({ name: `cam${index}` }));
    const page = await openWall('?view=wall&tiles=4x3&chosen=main/cam10', many);
    press(page, 'Play chosen');
    for (let index = 0; index < 8; index += 1) press(page, `Play cam${index}`);
    const control = (label: string) => page.root.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`);
    expect([playing(page).length, control('Play cam8')?.disabled]).toStrictEqual([9, true]);
    expect(control('Play cam8')?.title).toContain('stop one first');
    expect(control('Choose cam9')?.disabled).toBe(true);
    press(page, 'Stop cam2');
    expect(control('Play cam8')?.disabled).toBe(false);
  });

  test('stops when the tab isn’t seen any more', async () => {
    const page = await openWall('?view=wall');
    point(page, 'a', 'pointerenter');
    rest(page);
    press(page, 'Play b');
    await settle(page);
    const isHidden = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    page.do(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    isHidden.mockRestore();
    expect(playing(page)).toStrictEqual([]);
    expect(textOf(page.tile('a'), '.tile-status')).toBe('');
  });
});

describe('those that are chosen', () => {
  test('stand in the link, and play when someone says so', async () => {
    const page = await openWall('?view=wall&chosen=main/a');
    press(page, 'Choose c');
    expect(page.address()).toBe('?view=wall&chosen=main/a,main/c');
    rest(page, 5_000);
    expect(page.asked()).toBe(0);
    press(page, 'Play chosen');
    await settle(page);
    expect(page.asked()).toBe(2);
    press(page, 'Stop a');
    expect(page.address()).toBe('?view=wall&chosen=main/c');
    press(page, 'Stop');
    expect(page.root.querySelector('[aria-label^="Stop"]')).toBeNull();
  });

  test('are nine at most', async () => {
    const many = Array.from({ length: 12 }, (_, index) => stream({ name: `cam${index}` }));
    const page = await openWall('?view=wall&tiles=4x3', many);
    for (let index = 0; index < 9; index += 1) press(page, `Choose cam${index}`);
    const isDisabled = (name: string) =>
      page.root.querySelector<HTMLButtonElement>(`[aria-label="Choose ${name}"]`)?.disabled;
    expect([isDisabled('cam9'), isDisabled('cam8')]).toStrictEqual([true, false]);
  });

  test('may be all that is shown, in their order, also those that aren’t listed', async () => {
    const page = await openWall('?view=wall&chosen=main/c,main/a');
    press(page, 'Only these');
    expect(page.address()).toBe('?view=wall&pins=main/c,main/a&chosen=main/c,main/a');
    expect(names(page.root)).toStrictEqual(['c', 'a']);
    const gone = await openWall('?view=wall&pins=main/gone,main/b');
    expect(names(gone.root)).toStrictEqual(['gone', 'b']);
    expect(textOf(gone.root, '.tile .figure')).toBe('Not in the list right now');
  });
});

test('what doesn’t fit is on the next page, and the last page is full', async () => {
  const many = Array.from({ length: 6 }, (_, index) => stream({ name: `cam${index}` }));
  const page = await openWall('?view=wall&tiles=2x2&sort=name', many);
  expect(names(page.root)).toStrictEqual(['cam0', 'cam1', 'cam2', 'cam3']);
  press(page, 'Next page');
  expect(names(page.root)).toStrictEqual(['cam2', 'cam3', 'cam4', 'cam5']);
  expect(textOf(page.root, '.wall-pages')).toBe('3–6 of 6');
  expect(page.root.querySelector<HTMLButtonElement>('[aria-label="Next page"]')?.disabled).toBe(true);
  press(page, 'Previous page');
  expect(names(page.root)[0]).toBe('cam0');
});
