/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { openPage, type TestPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

function openList(query: string, options: Parameters<typeof openPage>[1] = {}): TestPage {
  const page = openPage(query, options);
  const streams = ['cam/a', 'cam/b', 'lobby', 'studio/c'].map((name) =>
    stream({ name, ...(name === 'studio/c' && { health: 'critical' }) }),
  );
  page.deliver(({ onStreams }) => onStreams?.(snapshot(streams)));
  return page;
}

/** Of where nothing is laid out only five are drawn. */
function lines(root: HTMLElement): string[] {
  return [...root.querySelectorAll('[data-key]')].map(
    (row) => textOf(row, '.group-toggle') || textOf(row, 'a'),
  );
}

function click(page: TestPage, element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) throw new Error('nothing to click');
  page.do(() => {
    element.click();
  });
}

/** What has this text or label. */
function called(root: HTMLElement, text: string): Element | undefined {
  const all = [...root.querySelectorAll('button, label')];
  return all.find((one) => one.getAttribute('aria-label') === text || one.textContent.trim() === text);
}

describe('groups', () => {
  test('the worst first, with how they are, opened and closed by their heads, which stand in the link', () => {
    const page = openList('?group=1');
    expect(lines(page.root)).toStrictEqual([
      'Critical: studio/ 1 stream · 1 critical',
      'studio/c',
      'OK: cam/ 2 streams · 2 OK',
      'cam/a',
      'cam/b',
    ]);
    const [, cam] = page.root.querySelectorAll('.group-toggle');
    expect(cam?.getAttribute('aria-expanded')).toBe('true');
    click(page, cam);
    expect(page.address()).toBe('?group=1&closed=cam/');
    expect(lines(page.root).slice(2)).toStrictEqual([
      'OK: cam/ 2 streams · 2 OK',
      'OK: Without a group 1 stream · 1 OK',
      'lobby',
    ]);
    expect(page.root.querySelectorAll('.group-toggle')[1]?.getAttribute('aria-expanded')).toBe('false');
  });

  test('are chosen in the menu, and all closed or opened there', () => {
    const page = openList('');
    click(page, called(page.root, 'by the first part of the name')?.querySelector('input'));
    expect(page.address()).toBe('?group=1');
    click(page, called(page.root, 'Close all'));
    expect(page.address()).toBe('?group=1&closed=*');
    expect(lines(page.root)).toHaveLength(3);
    click(page, called(page.root, 'Open all'));
    expect(lines(page.root)).toHaveLength(5);
  });

  test('arrows walk over their heads, too', () => {
    const page = openList('?group=1&closed=*');
    const press = (): void => {
      page.do(() => {
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
      });
    };
    press();
    expect(document.activeElement?.textContent).toContain('studio/');
    press();
    expect(document.activeElement?.textContent).toContain('cam/');
  });

  test('have cards of their own before those of their streams', () => {
    const page = openList('?group=1&view=cards');
    const closed = 'OK: cam/ 2 streams · 2 OK';
    expect(lines(page.root).slice(0, 5)).toStrictEqual([
      'Critical: studio/ 1 stream · 1 critical',
      'studio/c',
      closed,
      'cam/a',
      'cam/b',
    ]);
    const cards = page.root.querySelectorAll('.cards > *');
    expect([cards[2]?.className, cards[2]?.getAttribute('aria-posinset')]).toStrictEqual(['group-card', '3']);
    click(page, page.root.querySelectorAll('.group-toggle')[1]);
    expect(page.address()).toBe('?view=cards&group=1&closed=cam/');
    expect(lines(page.root)).not.toContain('cam/a');
  });
});

describe('favourites', () => {
  test('are kept in this browser, narrow the list and come first', () => {
    const page = openList('?sort=name');
    click(page, called(page.root, 'Favourite: lobby'));
    expect([...page.browserMemory.values()]).toStrictEqual(['main/lobby']);
    // The row around the star leads nowhere by it.
    expect(page.address()).toBe('?sort=name');
    page.do(() => {
      page.dashboard.adjust({ sort: { key: 'favourites', descending: false } });
    });
    expect(lines(page.root)).toStrictEqual(['lobby', 'studio/c', 'cam/a', 'cam/b']);
    click(page, called(page.root, 'Favourites'));
    expect(lines(page.root)).toStrictEqual(['lobby']);
    click(page, called(page.root, 'Favourite: lobby'));
    expect(textOf(page.root, '.nothing')).toContain('No stream matches');
  });

  test('are known when the page is opened again', () => {
    const page = openList('?favourites=1', { browser: { 'mediamtx-monitor.favourites': 'main/cam/b' } });
    expect(lines(page.root)).toStrictEqual(['cam/b']);
    expect(page.root.querySelector('.star')?.getAttribute('aria-pressed')).toBe('true');
  });
});

describe('columns', () => {
  const heads = (root: HTMLElement): string[] =>
    [...root.querySelectorAll('thead th:not(.col-star)')].map((head) => head.textContent);

  test('are those of the link, else those of this browser, else all', () => {
    const browser = { 'mediamtx-monitor.columns': 'since' };
    expect(heads(openList('').root)).toHaveLength(10);
    // Where nothing is laid out, there is no room for any.
    expect(heads(openList('', { browser }).root)).toStrictEqual(['Stream']);
    expect(openList('', { browser }).dashboard.tableColumns.chosen.value).toStrictEqual(['since']);
    expect(openList('?columns=in', { browser }).dashboard.tableColumns.chosen.value).toStrictEqual(['in']);
  });

  test('are kept in both when they are chosen', () => {
    const page = openList('');
    click(page, called(page.root, 'Media')?.querySelector('input'));
    expect(page.address()).toBe('?columns=state,health,in,out,viewers,rtt,loss,since');
    expect(page.browserMemory.get('mediamtx-monitor.columns')).toBe(
      'state,health,in,out,viewers,rtt,loss,since',
    );
    click(page, called(page.root, 'Default'));
    expect([page.address(), page.browserMemory.size]).toStrictEqual(['?', 0]);
  });
});

test('a name is whole to readers and on hover, whatever is cut of it', () => {
  const page = openPage();
  const name = 'events/2026/camera-operator-17-handheld';
  page.deliver(({ onStreams }) => onStreams?.(snapshot([stream({ name })])));
  const link = page.root.querySelector('.row a');
  expect([link?.textContent, link?.getAttribute('aria-label'), link?.getAttribute('title')]).toStrictEqual([
    name,
    name,
    name,
  ]);
  expect(textOf(page.root, '.cut-prefix')).toBe('events/2026/');
});
