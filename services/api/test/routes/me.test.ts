import { expect, test } from '@jest/globals';
import { requesterSchema } from '@mediamtx-monitor/types/schemas';
import { startApi } from '../started-api.ts';
import { startChanges } from './start-changes.ts';

async function askWho(url: string, query = '', token?: string): Promise<unknown> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/me${query}`, { headers });
  expect([answer.status, answer.headers.get('cache-control')]).toStrictEqual([200, 'no-store']);
  const body: unknown = await answer.json();
  expect(requesterSchema.validate(body).error).toBeUndefined();
  return body;
}

test('an operator and a reader are told who they are, and what they may', async () => {
  const { url } = await startChanges();
  expect(await askWho(url, '', 'ops')).toStrictEqual({ name: 'ops', mayChange: true });
  expect(await askWho(url, '', 'reader')).toStrictEqual({ name: 'reader', mayChange: false });
});

test('with a ticket nobody may change anything, as it is refused then', async () => {
  const { url } = await startChanges();
  const issued = await fetch(`${url}/api/tickets`, {
    method: 'POST',
    headers: { Authorization: 'Bearer ops' },
  });
  const { ticket } = (await issued.json()) as { ticket: string };
  expect(await askWho(url, `?ticket=${ticket}`)).toStrictEqual({ name: 'ops', mayChange: false });
});

test('without tokens nobody has a name, and nobody may change anything', async () => {
  const { url } = await startApi({ config: { API_OPERATORS: ['ops'] } });
  expect(await askWho(url)).toStrictEqual({ name: null, mayChange: false });
});

test('without its token nobody is told anything', async () => {
  const { url } = await startChanges();
  expect((await fetch(`${url}/api/me`)).status).toBe(401);
});
