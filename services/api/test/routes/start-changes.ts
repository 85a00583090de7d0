import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { alertRecord, eventually } from '@mediamtx-monitor/testkit';
import type { AlerterCommand, AlertsHead } from '@mediamtx-monitor/types';
import { alertsHeadOf, targetOf } from '../publisher.ts';
import { type ApiBenchOptions, startApi } from '../started-api.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const OPERATORS = {
  API_TOKENS: [`ops:${hashOf('ops')}`, `reader:${hashOf('reader')}`],
  API_OPERATORS: ['ops'],
};
export const DAY_MS = 86_400_000;
/** A time from now on, by the clock of this machine, which Redis has, too. */
export const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
/** A silence as it is asked for. */
export const SILENCE = { stream: 'cam/*', comment: ' repair ', until: inMs(3_600_000) };
/** What the alerter tells: one target, one silence. */
export const HEAD = alertsHeadOf({
  targets: [targetOf('my phone')],
  silences: [
    {
      ...{ id: 's1', server: null, stream: 'cam/*', reason: null, author: 'ops', comment: 'x' },
      ...{ createdAt: inMs(0), until: inMs(DAY_MS) },
    },
  ],
});

interface ChangeRequest {
  readonly method?: 'POST' | 'DELETE' | 'OPTIONS';
  readonly path?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An API with an operator, where an alerter is at work; what it is asked for, and the commands that came of it. */
export async function startChanges({ config = {}, ...options }: ApiBenchOptions = {}) {
  const bench = await startApi({ ...options, config: { ...OPERATORS, ...config } });
  const { url, publisher } = bench;
  await publisher.publishAlerts(HEAD, [alertRecord()]);
  await eventually(() => {
    expect(bench.api.feed.ticks('alerts')).toHaveLength(1);
  });
  const ask = async ({
    method = 'POST',
    path = '/api/silences',
    token = 'ops',
    body = SILENCE,
    headers = {},
  }: ChangeRequest = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token !== '' && { Authorization: `Bearer ${token}` }),
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(method === 'POST' && {
        body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    const { status } = answer;
    return { status, headers: answer.headers, body: (text === '' ? {} : JSON.parse(text)) as ChangeAnswer };
  };
  const commands = async (): Promise<AlerterCommand[]> =>
    (await publisher.redis.xrange(publisher.names.commands, '-', '+')).map(
      ([, [, json = '']]) => JSON.parse(json) as AlerterCommand,
    );
  /** Has the alerter tell something else. */
  const tell = async (head: AlertsHead): Promise<void> => {
    await publisher.publishAlerts(head);
    await eventually(() => {
      expect(bench.api.feed.ticks('alerts')[0]?.head?.seq).toBe(head.seq);
    });
  };
  return { ...bench, ask, commands, tell };
}
interface ChangeAnswer {
  readonly id?: string;
  readonly code?: string;
  readonly detail?: string;
}
