/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Preview, StreamRecord } from '@mediamtx-monitor/types';
import { openPage, type TestPage, textOf, urlOf } from '../../support/page.tsx';
import { missing, snapshot, stream } from '../../support/records.ts';

const WEBRTC: Preview = { server: null, protocol: 'webrtc', url: 'http://media.example' };

function opened(record: StreamRecord, previews: readonly Preview[] | null): TestPage & { asked: string[] } {
  const asked: string[] = [];
  const page = openPage('?stream=main/cam', {
    fetch: (url) => {
      asked.push(urlOf(url));
      if (previews === null) return Promise.reject(new Error('no API here'));
      return Promise.resolve({ ok: true, json: () => Promise.resolve({ items: previews }) } as Response);
    },
  });
  page.deliver(({ onStreams }) => onStreams?.(snapshot([record])));
  return { ...page, asked };
}

const pull = { onDemand: true, state: null, error: null };

test.each<[string, StreamRecord, readonly Preview[] | null, string]>([
  ['a live one', stream(), [WEBRTC], 'Show the picturePlays straight from MediaMTX, as one more viewer.'],
  ['one on demand', missing({ state: 'waiting', pull }), [WEBRTC], 'playing starts it.'],
  ['one published on demand', missing({ state: 'idle', onDemand: true }), [WEBRTC], 'playing starts it.'],
  ['one that isn’t live', missing({ state: 'idle' }), [WEBRTC], 'there may be nothing to play.'],
  ['one of a server that can’t be read', missing({ state: 'unknown' }), [WEBRTC], 'as one more viewer.'],
  ['one of which the API says nothing', stream(), null, 'Show the picture'],
])('the place of the picture of %s says what can be hoped for', async (_what, record, previews, words) => {
  const { root, asked } = opened(record, previews);
  await eventually(() => {
    expect(textOf(root, '.player')).toContain(words);
  });
  expect(root.querySelectorAll('.player button')).toHaveLength(1);
  // Nobody was asked to play.
  expect(asked.every((url) => url.startsWith('http://monitor.example:8080/api/'))).toBe(true);
});

test('where no address is set, the place says so, and has nothing to click', async () => {
  const { root } = opened(stream(), [{ ...WEBRTC, server: 'other' }]);
  await eventually(() => {
    expect(textOf(root, '.player')).toMatch(/^No preview address is set\. PREVIEW_WEBRTC_URL/);
  });
  expect(root.querySelector('.player button')).toBeNull();
});

test('an API that didn’t say is asked again by a click', async () => {
  const { root, asked, do: change } = opened(stream(), null);
  await eventually(() => {
    expect(root.querySelector('.player button')).not.toBeNull();
  });
  const before = asked.filter((url) => url.endsWith('/api/previews')).length;
  change(() => root.querySelector<HTMLButtonElement>('.player button')?.click());
  await eventually(() => {
    expect(textOf(root, '.player')).toContain('The API didn’t say where');
  });
  expect(asked.filter((url) => url.endsWith('/api/previews'))).toHaveLength(before + 1);
});
