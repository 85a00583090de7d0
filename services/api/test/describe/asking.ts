import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from '@jest/globals';
import { statusFile } from '../status/status-file.ts';
import { type ApiBenchOptions, startApi } from '../started-api.ts';
import { type ReceivedAnswer, createExpectDescribed } from './described.ts';
import { membersOf, openapi } from './documents.ts';
import { LIVE_STREAM } from './records.ts';

export const NAME = encodeURIComponent(LIVE_STREAM.name);
export const EVENT_STREAM = '/api/live';

/** Every resource of the description, with a stream's name in its path. */
export const OPERATIONS: readonly {
  readonly method: string;
  readonly path: string;
  readonly isOpen: boolean;
}[] = Object.entries(membersOf(openapi['paths'])).flatMap(([path, methods]) =>
  Object.entries(membersOf(methods)).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path: path.replace('{name}', NAME).replace(/\{(?:id|target|page|item)\}/g, 'main'),
    isOpen: JSON.stringify(membersOf(operation)['security']) === '[]',
  })),
);

/** Each answer that the description tells of, as `ask` notes it. */
export function describedAnswers(): string[] {
  return Object.entries(membersOf(openapi['paths'])).flatMap(([path, methods]) =>
    Object.entries(membersOf(methods)).flatMap(([method, operation]) =>
      Object.keys(membersOf(membersOf(operation)['responses'])).map(
        (status) => `${method} ${path} ${status}`,
      ),
    ),
  );
}

const expectDescribed = createExpectDescribed(openapi);

/** Asks a whole API, and expects its answers to be as described. */
export async function beginAsking(options: ApiBenchOptions, seen: Set<string>) {
  const MONITOR_CONFIG = statusFile([
    { name: 'main', title: 'All', items: [{ title: 'Main', match: '**' }] },
  ]);
  const api = await startApi({ ...options, config: { MONITOR_CONFIG, ...options.config } });
  /** Expects this status, and that the rest is as described. */
  const ask = async (path: string, status: number, init: RequestInit = {}): Promise<ReceivedAnswer> => {
    const answer = await answered(api.url, path, init);
    expect([path, answer.status, answer.text]).toStrictEqual([path, status, expect.any(String)]);
    const [bare = ''] = path.split('?', 1);
    seen.add(expectDescribed(init.method ?? 'GET', bare, answer));
    return answer;
  };
  return { ...api, ask, expectDescribed };
}

async function answered(url: string, path: string, init: RequestInit): Promise<ReceivedAnswer> {
  const response = await fetch(`${url}${path}`, init);
  const { status, headers } = response;
  if (status !== 200 || path.split('?')[0] !== EVENT_STREAM)
    return { status, headers, text: await response.text() };
  // It has no end.
  await response.body?.cancel();
  return { status, headers, text: '' };
}

/** Asks with a `Host` of choice, which fetch doesn't let through. */
export async function askUnderHost(url: string, host: string): Promise<ReceivedAnswer> {
  const [response] = (await once(get(url, { headers: { Host: host } }), 'response')) as [IncomingMessage];
  const headers = new Headers({ 'Content-Type': response.headers['content-type'] ?? '' });
  return { status: response.statusCode ?? 0, headers, text: await text(response) };
}
