import { expect } from '@jest/globals';
import { parseMetrics } from '@mediamtx-monitor/testkit';
import type { ServerStatus, StreamRecord } from '@mediamtx-monitor/types';
import { problemSchema, serverStatusSchema, streamRecordSchema } from '@mediamtx-monitor/types/schemas';

interface TextAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function ask(url: string): Promise<TextAnswer> {
  const response = await fetch(url);
  const type = response.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`the answer of ${path} is no JSON: ${text.slice(0, 200)}`, { cause: error });
  }
}

type ShapeCheck = (value: unknown) => void;

function eachIsRecord(values: unknown): void {
  expect(Array.isArray(values)).toBe(true);
  for (const value of values as readonly unknown[]) {
    expect(typeof value === 'object' && value !== null && !Array.isArray(value)).toBe(true);
  }
}

function list(value: unknown): void {
  const { items, total } = value as { readonly items: unknown; readonly total: unknown };
  eachIsRecord(items);
  expect(typeof total).toBe('number');
}

function servers(value: unknown): void {
  list(value);
  for (const item of (value as { readonly items: readonly unknown[] }).items) {
    expect(serverStatusSchema.validate(item, { convert: false }).error).toBeUndefined();
  }
}

/** Answers whose form doesn't depend on what strangers have written. */
const SHAPES: Readonly<Record<string, ShapeCheck>> = {
  '/api/streams/latest': eachIsRecord,
  '/api/streams': list,
  '/api/streams?state=live&sort=-restarts&limit=5': list,
  '/api/streams?search=cam': list,
  '/api/servers': servers,
  '/api/hosts': list,
  '/api/alerts': list,
};

/** What keeps the past doesn't answer, or refuses. */
const NO_STORE = [502, 503];

/** What may be refused, but only with a problem document. */
const OTHERS = [
  '/api/snapshot',
  '/api/streams/cam-1',
  '/api/streams/cam-1/connections',
  '/api/streams?server=other',
  '/api/events',
  '/api/events?since=2026-01-01T00:00:00Z&type=stream.online',
  '/api/streams/cam-1/events',
  '/api/sessions',
  '/api/sessions.csv',
  '/api/reports/availability?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
  '/api/reports/availability',
  '/api/servers/good/history',
  '/api/servers/good/history?step=300',
  '/api/streams/cam-1/history?server=good&step=30',
  '/api/hosts/here/history',
  '/api/notifications?since=0-0',
];

/** Everything that anyone may ask is answered as it is documented, whatever stands in Redis. */
export async function everythingIsAnswered(url: string): Promise<void> {
  for (const [path, hasShape] of Object.entries(SHAPES)) {
    const { status, text } = await ask(url + path);
    expect([path, status]).toStrictEqual([path, 200]);
    hasShape(parsed(path, text));
  }
  for (const path of OTHERS) {
    const { status, type, text } = await ask(url + path);
    if (status === 200) continue;
    expect([path, status < 500 || NO_STORE.includes(status), type]).toStrictEqual([
      path,
      true,
      'application/problem+json',
    ]);
    expect(problemSchema.validate(JSON.parse(text), { convert: false }).error).toBeUndefined();
  }
  for (const path of ['/metrics', '/metrics/streams']) {
    const { status, text } = await ask(url + path);
    expect([path, status]).toStrictEqual([path, 200]);
    parseMetrics(text);
  }
}

/** A server as `GET /api/servers` has it. */
export async function serverAt(url: string, server: string): Promise<ServerStatus | undefined> {
  const { items } = JSON.parse((await ask(`${url}/api/servers`)).text) as {
    readonly items: readonly ServerStatus[];
  };
  return items.find((item) => item.server === server);
}

/** Asserts that a host is shown, and what is shown is fresh. */
export async function hostIsShown(url: string, host: string): Promise<void> {
  const { items } = JSON.parse((await ask(`${url}/api/hosts`)).text) as {
    readonly items: readonly { readonly host: string; readonly stale: boolean }[];
  };
  expect(items.find((item) => item.host === host)).toMatchObject({ stale: false });
}

/**
 * Asserts that a server's streams are shown as they should be, alone and among all. Beside them may be what a collector
 * that started read in the records that were left behind, as missing.
 */
export async function streamsAreShown(url: string, server: string, count: number): Promise<void> {
  for (const path of [`/api/streams/latest?server=${server}`, '/api/streams/latest']) {
    const records = JSON.parse((await ask(url + path)).text) as readonly StreamRecord[];
    const own = records.filter((record) => record.server === server);
    const listed = own.filter(({ state }) => state !== 'missing');
    expect([path, listed.length]).toStrictEqual([path, count]);
    for (const record of own) expect(streamRecordSchema.validate(record).error).toBeUndefined();
  }
}
