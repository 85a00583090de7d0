/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { snapshot, stream } from '../support/records.ts';
import { openPage, type TestPage } from '../support/page.tsx';

const PAST = 'range=24h&at=2026-01-01T00:00:00Z&with=main/other';

function openAt(query: string): TestPage {
  const page = openPage(query);
  page.deliver(({ onState, onStreams }) => {
    onState?.({ state: 'open', transport: 'websocket' });
    onStreams?.(snapshot([stream({ name: 'cam' })]));
  });
  return page;
}

const links = (page: TestPage, selector: string): readonly HTMLAnchorElement[] => [
  ...page.root.querySelectorAll<HTMLAnchorElement>(selector),
];

describe('back from the past of a stream', () => {
  test.each(['.stream-head a', '.brand'])('%s leads to the list as it is now', (selector) => {
    const page = openAt(`?q=cam&stream=main/cam&${PAST}`);
    expect(links(page, selector)[0]?.getAttribute('href')).toBe('?q=cam');
  });

  test('so does Escape', () => {
    const page = openAt(`?q=cam&stream=main/cam&${PAST}`);
    page.do(() => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    });
    expect(page.address()).toBe('?q=cam');
  });
});

test.each([
  ['?view=cards', 'Streams'],
  ['?stream=main/cam', 'Streams'],
  ['?view=servers', 'Servers'],
  ['?view=history&server=main', 'Servers'],
  ['?view=history&host=main', 'Servers'],
  ['?view=sessions', 'Timeline'],
])('%s: the entry of %s is the current one', (query, name) => {
  const page = openAt(query);
  expect(links(page, '.nav [aria-current]').map(({ textContent }) => textContent)).toStrictEqual([name]);
});

test('from the history of a server or host no list is narrowed to it', () => {
  const page = openAt(`?view=history&server=main&range=24h`);
  const hrefs = links(page, '.nav a').map((link) => link.getAttribute('href'));
  expect(hrefs).toStrictEqual(['?', '?view=servers', '?view=timeline']);
});
