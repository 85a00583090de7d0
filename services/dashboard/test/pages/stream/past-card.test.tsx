/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { openPage, type TestPage, textOf, urlOf } from '../../support/page.tsx';
import { missing, snapshot, stream } from '../../support/records.ts';
import { SESSION } from '../../support/sessions.ts';

const offline = {
  id: '1-0',
  type: 'stream.offline',
  at: '2026-01-01T01:00:00.000Z',
  server: 'main',
  stream: 'gone',
  liveSince: '2026-01-01T00:30:00.000Z',
  cause: { source: 'last-error', text: '<b>i/o timeout' },
};
const session = {
  ...SESSION,
  stream: 'gone',
  role: 'publish',
  remoteAddr: '192.0.2.7:1',
  user: 'ann',
  userAgent: 'OBS',
  start: '2026-01-01T00:30:00.000Z',
  end: '2026-01-01T01:00:00.000Z',
};

interface KeptOfStream {
  readonly events: readonly object[];
  readonly sessions: readonly object[];
}

function opened(name: string, kept: KeptOfStream | undefined): TestPage & { asked: string[] } {
  const asked: string[] = [];
  const page = openPage(`?stream=main/${encodeURIComponent(name)}`, {
    fetch: (url) => {
      const { pathname, search } = new URL(urlOf(url));
      asked.push(`${pathname}${decodeURIComponent(search)}`);
      if (kept === undefined) return Promise.reject(new Error('no API here'));
      const items = pathname === '/api/events' ? kept.events : kept.sessions;
      const body = { items, next: '1-0', previous: null, more: false, trimmed: false };
      // What jsdom has none of, as far as it is read.
      return Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(body) } as Response);
    },
  });
  return { ...page, asked };
}

test('what was kept of a stream that this page never saw is told: when it ended, why, who published it', async () => {
  const { root, deliver, asked } = opened('gone', { events: [offline], sessions: [session] });
  deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
  expect(textOf(root, '.nothing')).toContain('This stream isn’t there');
  await eventually(() => {
    expect(textOf(root, '[aria-labelledby=past-title]')).toMatch(
      /Ended.*, 5 min agoWas live for30 minWhy it endedMediaMTX said: <b>i\/o timeoutLast published byann, 192\.0\.2\.7:1 · SRTProgramOBS/,
    );
  });
  expect(asked).toStrictEqual(
    expect.arrayContaining([
      '/api/events?server=main&stream=gone&limit=5&type=stream.offline',
      '/api/sessions?server=main&stream=gone&limit=5&role=publish',
    ]),
  );
});

test('another stream that the same glob stands for isn’t taken for it', async () => {
  const kept = { events: [{ ...offline, stream: 'axb' }], sessions: [{ ...session, stream: 'axb' }] };
  const { root, deliver } = opened('a*b', kept);
  deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
  await eventually(() => {
    expect(textOf(root, '[aria-labelledby=past-title]')).toContain(
      'Nothing is kept of a stream of this name.',
    );
  });
});

test('an API that doesn’t answer is said not to, and can be asked again', async () => {
  const { root, deliver } = opened('gone', undefined);
  deliver(({ onStreams }) => onStreams?.(snapshot([stream()])));
  await eventually(() => {
    expect(textOf(root, '[aria-labelledby=past-title]')).toContain('The monitor doesn’t answer this.');
  });
  expect(textOf(root, '[aria-labelledby=past-title]')).not.toContain('Nothing is kept');
});

test('is asked of a listed stream only where its record knows nothing of before', async () => {
  const { root, deliver, asked } = opened('gone', { events: [offline], sessions: [] });
  deliver(({ onStreams }) => onStreams?.(snapshot([missing({ name: 'gone', state: 'idle' })])));
  expect(root.querySelector('.verdict')).not.toBeNull();
  expect(asked.filter((url) => url.startsWith('/api/events'))).toStrictEqual([]);
  deliver(({ onStreams }) =>
    onStreams?.(snapshot([missing({ name: 'gone', state: 'idle', last: null })], { seq: 2 })),
  );
  await eventually(() => {
    expect(textOf(root, '[aria-labelledby=past-title]')).toContain('Was live for30 min');
  });
});
