/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import type { Transport } from '@mediamtx-monitor/client';
import { openPage, spoken, type TestPage, textOf } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

function openOver(transport: Transport, query = '', tab: Record<string, string> = {}): TestPage {
  const page = openPage(query, { tab });
  page.deliver(({ onState }) => onState?.({ state: 'open', transport }));
  page.deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
  return page;
}

describe('where no WebSocket gets through', () => {
  test('one calm line says so, and what to set', () => {
    const { root } = openOver('sse');
    expect(textOf(root, '.note summary')).toContain('No WebSocket gets through');
    expect(textOf(root, '.note pre')).toContain('proxy_set_header Upgrade $http_upgrade;');
    expect(root.querySelector('.banner')).toBeNull();
  });

  test('in German too', async () => {
    const page = openOver('sse', '?lang=de');
    await spoken(page);
    expect(textOf(page.root, '.note summary')).toContain('Zum Monitor kommt kein WebSocket durch');
  });

  test('it can be hidden for this tab; the help still says it', () => {
    const page = openOver('sse');
    page.do(() => page.root.querySelector<HTMLButtonElement>('.note > .button')?.click());
    expect(page.root.querySelector('.note')).toBeNull();
    expect([...page.tabMemory]).toStrictEqual([['mediamtx-monitor.events-note', 'hidden']]);
    const { root } = openOver('sse', '', Object.fromEntries(page.tabMemory));
    expect(root.querySelector('.note')).toBeNull();
  });

  test('a screen on the wall shows what it is there for', () => {
    expect(openOver('sse', '?kiosk').root.querySelector('.note')).toBeNull();
  });
});

test('over a WebSocket nothing is said', () => {
  expect(openOver('websocket').root.querySelector('.note')).toBeNull();
});
