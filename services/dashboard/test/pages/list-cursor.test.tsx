/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { openPage, type TestPage } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

function openList(query = '?sort=name'): TestPage {
  const page = openPage(query);
  const streams = Array.from({ length: 500 }, (_, index) => stream({ name: `cam${index}` }));
  page.deliver(({ onStreams }) => onStreams?.(snapshot(streams)));
  return page;
}

function press({ do: change }: TestPage, key: string): void {
  change(() => {
    (document.activeElement ?? document).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
}

function focus({ root, do: change }: TestPage, selector: string): void {
  change(() => root.querySelector<HTMLElement>(selector)?.focus());
}

function focused(): string | undefined {
  return document.activeElement?.textContent;
}

describe.each(['?sort=name', '?sort=name&view=cards'])('the keyboard in %s', (query) => {
  test('walks on from where the focus has come to otherwise', () => {
    const page = openList(query);
    press(page, 'ArrowDown');
    expect(focused()).toBe('cam0');
    focus(page, '[data-key="main/cam2"] a');
    press(page, 'ArrowDown');
    expect(focused()).toBe('cam3');
  });
});

test('a row that isn’t drawn yet gets the focus once it is', () => {
  const page = openList();
  press(page, 'End');
  expect(document.activeElement?.id).toBe('content');
  page.do(() => {
    page.dashboard.adjust({ q: 'cam499' });
  });
  expect(focused()).toBe('cam499');
});

test('but takes it from nowhere else', () => {
  const page = openList();
  press(page, 'End');
  focus(page, '#search');
  page.do(() => {
    page.dashboard.adjust({ q: 'cam499' });
  });
  expect(document.activeElement?.id).toBe('search');
  page.do(() => {
    page.dashboard.adjust({ q: '' });
  });
  expect(document.activeElement?.id).toBe('search');
});

test('the focus goes to a page that is opened, and comes back to where it was', () => {
  const page = openList();
  expect(document.activeElement).toBe(document.body);
  focus(page, '[data-key="main/cam3"] a');
  page.do(() => {
    page.root.querySelector<HTMLElement>('[data-key="main/cam3"] a')?.click();
  });
  expect(document.activeElement?.id).toBe('content');
  press(page, 'Escape');
  expect(focused()).toBe('cam3');
});
