import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ListOutcome } from '../../src/protocols/index.ts';
import { Budget, OverBudgetError, TICK_LIMITS } from '../../src/poll/budget.ts';
import { createListReader } from '../../src/poll/read-list.ts';
import { createRequest } from '../../src/poll/request.ts';
import { type AnsweringServer, type Responder, startAnsweringServer } from '../support/answering-server.ts';

const GENEROUS_MS = 30_000;

let server: AnsweringServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function read(
  answer: Responder,
  budget: Pick<Budget, 'spend'> = new Budget(TICK_LIMITS),
): Promise<ListOutcome> {
  server = await startAnsweringServer(answer);
  const { url } = server;
  return createListReader({
    server: { url, credentials: 'none', inContainer: false },
    request: createRequest(url, null, () => 0),
    timeoutMs: GENEROUS_MS,
  })('paths', budget, AbortSignal.timeout(GENEROUS_MS));
}

const json = (body: unknown): Responder => {
  return (_request, response) => {
    response.end(JSON.stringify(body));
  };
};

const failure = async (answer: Responder, expected: string, message: RegExp): Promise<void> => {
  const outcome = await read(answer);
  expect(outcome).toMatchObject({ kind: 'failed', status: expected });
  expect(outcome.kind === 'failed' ? outcome.error : '').toMatch(message);
};

describe('a server that means harm', () => {
  test('a body in pieces of a byte is over the budget long before its bytes are', async () => {
    const budget = new Budget(TICK_LIMITS);
    const pieces = Buffer.from('1\r\na\r\n'.repeat(10_000));
    const outcome = await read(({ socket }) => {
      const pump = (): void => {
        while (socket.writable) if (!socket.write(pieces)) return;
      };
      socket.on('error', () => undefined).on('drain', pump);
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const begin = '{"items":[{"name":"';
      socket.write(`${begin.length.toString(16)}\r\n${begin}\r\n`);
      pump();
    }, budget);
    expect(outcome).toMatchObject({ kind: 'failed', status: 'invalid' });
    expect(budget.exceeded?.message).toContain('over 64 MiB');
  });

  test('of a body that was refused nothing more is looked at, however much had come', async () => {
    let looks = 0;
    const spend = (): never => {
      looks += 1;
      throw new OverBudgetError('bytes', 1, '');
    };
    const outcome = await read(
      ({ socket }) => {
        socket.write(
          `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(1_000)}0\r\n\r\n`,
        );
      },
      { spend },
    );
    expect(outcome).toMatchObject({ error: expect.stringContaining('over 0 MiB') });
    expect(looks).toBe(1);
  });

  test('a body that never ends is invalid', () =>
    failure(
      (_request, response) => {
        const chunk = Buffer.alloc(64 * 1024, ' ');
        const pump = (): void => {
          while (!response.destroyed) if (!response.write(chunk)) return;
        };
        response.on('drain', pump);
        pump();
      },
      'invalid',
      /over 4096 bytes beside its items/,
    ));
  test('one that is compressed is invalid: it could unpack to anything', async () => {
    const body = gzipSync(JSON.stringify({ itemCount: 0, pageCount: 0, items: [] }));
    await failure(
      (request, response) => {
        expect(request.headers['accept-encoding']).toBe('identity');
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
      },
      'invalid',
      /it is compressed \(gzip\)/,
    );
  });
  test('headers without end are an error', () =>
    failure(
      ({ socket }) => {
        const line = Buffer.from(`X-More: ${'x'.repeat(1_000)}\r\n`);
        const pump = (): void => {
          while (socket.writable) if (!socket.write(line)) return;
        };
        socket.on('error', () => undefined).on('drain', pump);
        socket.write('HTTP/1.1 200 OK\r\n');
        pump();
      },
      'error',
      /HPE_HEADER_OVERFLOW/,
    ));
  test('informational answers without end are an error', () =>
    failure(
      ({ socket }) => {
        const answers = Buffer.from('HTTP/1.1 102 Processing\r\n\r\n'.repeat(1_000));
        const pump = (): void => {
          while (socket.writable) if (!socket.write(answers)) return;
        };
        socket.on('error', () => undefined).on('drain', pump);
        pump();
      },
      'error',
      /informational answers without end/,
    ));
  test('a few informational answers are none', async () => {
    const outcome = await read((request, response, count) => {
      for (let times = 0; times < 3; times += 1) response.writeProcessing();
      json({ itemCount: 0, pageCount: 0, items: [] })(request, response, count);
    });
    expect(outcome).toMatchObject({ kind: 'items' });
  });
  test.each([404, 500])('what is said beside HTTP %i is not read to its end', async (code) => {
    const endless: Responder = (_request, response) => {
      response.writeHead(code);
      const pump = (): void => {
        while (!response.destroyed) if (!response.write('x'.repeat(65_536))) return;
      };
      response.on('drain', pump);
      pump();
    };
    await failure(endless, 'error', new RegExp(`HTTP ${code}`));
  });
});

describe('a budget', () => {
  const items = [{ name: 'a' }, { name: 'b' }];
  const body = JSON.stringify({ itemCount: 2, pageCount: 1, items });
  const limits = { bytes: 2_048, values: 7, records: 2 };

  test('that just suffices is no failure', async () => {
    expect(await read(json(JSON.parse(body)), new Budget(limits))).toMatchObject({ items });
  });

  test.each([
    ['bytes', /sent more than is read at once: over 0 MiB in all lists together, most of them in paths/],
    ['values', /over 6 values in all lists together, most of them in paths/],
    ['records', /over 1 records in all lists together, most of them in paths/],
  ] as const)('that lacks %s makes the list invalid, and says so', async (kind, message) => {
    const budget = new Budget({ ...limits, [kind]: limits[kind] - 1 });
    const outcome = await read(json(JSON.parse(body)), budget);
    expect(outcome).toMatchObject({
      kind: 'failed',
      status: 'invalid',
      error: expect.stringMatching(message),
    });
    expect(outcome).toMatchObject({ sourceError: { code: 'too-much', values: { kind, list: 'paths' } } });
    expect(budget.exceeded).not.toBeNull();
  });
});
