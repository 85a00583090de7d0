import { expect } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createFakeClock, eventually, streamRecord } from '@mediamtx-monitor/testkit';
import type { StoredEvent, StreamRecord } from '@mediamtx-monitor/types';
import type { ApiConfig } from '../../src/app.ts';
import type { PublicStatus } from '../../src/http/status-page.ts';
import { happening, storedEvent } from '../happening.ts';
import { headOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';
import { statusFile } from './status-file.ts';

export const NOW = '2026-11-29T12:00:00.000Z';
const HOUR = 3_600_000;
export const hour = (n: number): string => new Date(Date.parse(NOW) + n * HOUR).toISOString();
export const NAME = 'studio/secret-7';
export const PAGE = {
  name: 'public',
  title: 'Channels <of> "TV"',
  items: [
    { title: 'Main stage', match: NAME, servers: ['north-3'], group: 'Berlin' },
    { title: 'All', match: 'studio/**' },
  ],
};
const TOKENS = { API_TOKENS: [`ops:${createHash('sha256').update('secret').digest('hex')}`] };

/** A whole API with status pages, and what it is told. */
export async function serving(pages: readonly object[] = [PAGE], config: Partial<ApiConfig> = {}) {
  const clock = createFakeClock(NOW);
  const path = statusFile(pages);
  const api = await startApi({ clock, config: { ...TOKENS, MONITOR_CONFIG: path, ...config } });
  let seq = 0;
  const know = async (streams: readonly Partial<StreamRecord>[], server = 'north-3'): Promise<void> => {
    const now = new Date(clock.wallMs()).toISOString();
    const head = headOf({ server, seq: (seq += 1), publishedAt: now, collectedAt: now });
    await api.publisher.publish(
      head,
      streams.map((stream) => streamRecord({ name: NAME, server, since: hour(-1), ...stream })),
    );
    await eventually(() => {
      expect(api.api.feed.servers.newest('streams', server)?.head?.seq).toBe(seq);
    });
  };
  const happen = (all: readonly (readonly [atHour: number, event: Partial<StoredEvent>])[]) =>
    happening(api).write(
      all.map(([n, event], index) => [
        `${Date.parse(hour(n))}-${index + 1}`,
        storedEvent({ at: hour(n), server: 'north-3', stream: NAME, ...event }),
      ]),
    );
  const get = (name: string, init: RequestInit = {}) => fetch(`${api.url}/status/${name}`, init);
  const read = async (name = 'public'): Promise<PublicStatus> =>
    (await (await get(`${name}.json`)).json()) as PublicStatus;
  return { ...api, clock, path, know, happen, get, read };
}
