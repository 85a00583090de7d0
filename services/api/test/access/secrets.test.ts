import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import supertest from 'supertest';
import { eventually } from '@mediamtx-monitor/testkit';
import { ask } from '../http/ask.ts';
import { lineOf, startGate, tempPath } from './bench.ts';

test('no token, hash, ticket or query is ever logged or sent back', async () => {
  const path = tempPath('tokens');
  writeFileSync(path, `${lineOf('a', 'secret-1')}\n${lineOf('b', 'secret-2')}\n`);
  const { url, log } = await startGate({ API_HOST: '0.0.0.0', API_TOKENS_FILE: path });
  const issued = await ask(supertest(url).post('/api/tickets').set('Authorization', 'Bearer secret-1'));
  const { ticket } = JSON.parse(issued.text) as { ticket: string };
  const answers = [
    await ask(supertest(url).get(`/x?ticket=${ticket}&password=secret-3`)),
    await ask(supertest(url).get(`/x?ticket=${ticket}x&password=secret-3`)),
    await ask(supertest(url).get('/x').set('Authorization', 'Bearer secret-1')),
    await ask(supertest(url).get('/x').set('Authorization', 'Bearer secret-4')),
  ];
  expect(answers.map(({ status }) => status)).toStrictEqual([200, 401, 200, 401]);
  writeFileSync(path, `${lineOf('a', 'secret-5')}\nsecret-6\n`);
  await eventually(() => {
    expect(log.messages('error')).toHaveLength(1);
  });
  writeFileSync(path, `${lineOf('a', 'secret-5')}\n`);
  await eventually(() => {
    expect(log.messages('info')).toHaveLength(1);
  });
  const said = JSON.stringify([log.lines, answers]);
  for (const secret of ['secret-', ticket, ...[1, 2, 5].map((n) => lineOf('', `secret-${n}`).slice(1))]) {
    expect(said).not.toContain(secret);
  }
  expect(said).toContain('tokens read again');
});
