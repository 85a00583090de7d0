import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ListFailure } from '../../src/protocols/index.ts';
import { Budget } from '../../src/poll/budget.ts';
import { createListReader } from '../../src/poll/read-list.ts';
import { createRequest } from '../../src/poll/request.ts';
import { type Trust } from '../../src/poll/trust.ts';
import { startAnsweringServer } from '../support/answering-server.ts';
import { makeCertificate, startTlsServer } from '../support/tls-server.ts';

const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function ask(url: string, trust?: Trust) {
  const readList = createListReader({
    server: { url, credentials: 'none', inContainer: false },
    request: createRequest(url, null, () => 0, trust),
    timeoutMs: 20_000,
  });
  return readList(
    'paths',
    new Budget({ bytes: 1e6, values: 1e4, records: 1e4 }),
    AbortSignal.timeout(20_000),
  );
}

async function failureOf(url: string, trust?: Trust): Promise<ListFailure> {
  const outcome = await ask(url, trust);
  if (outcome.kind !== 'failed') throw new Error(`it did not fail: ${JSON.stringify(outcome)}`);
  return outcome;
}

async function answering(...args: Parameters<typeof startAnsweringServer>): Promise<string> {
  const server = await startAnsweringServer(...args);
  closing.push(server.close);
  return server.url;
}

const withCode = (failure: ListFailure, code: string): Readonly<Record<string, string>> => {
  expect(failure.sourceError?.code).toBe(code);
  return failure.sourceError?.values ?? {};
};

describe('another port', () => {
  test('MediaMTX’s HLS and WebRTC ports add a slash: the sentence has the right line', async () => {
    const url = await answering((request, response) => {
      const [path = '', query] = (request.url ?? '').split('?');
      response.writeHead(302, { server: 'mediamtx', location: `${path}/?${query}` }).end();
    });
    const failure = await failureOf(url);
    expect(withCode(failure, 'other-port')).toStrictEqual({
      url,
      service: 'HLS/WebRTC',
      rightUrl: 'http://127.0.0.1:9997',
    });
    expect(failure.error).toContain('Set MEDIAMTX_API_URL=http://127.0.0.1:9997 ');
  });

  test('MediaMTX’s metrics and playback ports don’t know the path', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(404, { server: 'mediamtx' }).end('404 page not found');
    });
    expect(withCode(await failureOf(url), 'other-port')).toMatchObject({ service: '' });
  });

  test('one that cuts every connection is told so', async () => {
    const server = createTcpServer((socket) => socket.resetAndDestroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      server.close();
      await once(server, 'close');
    });
    const { port } = server.address() as AddressInfo;
    const failure = await failureOf(`http://127.0.0.1:${port}`);
    withCode(failure, 'connection-cut');
    expect(failure.error).toContain('another port than that of MediaMTX');
  });

  test('with a path, the path is most likely too much', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(404, { server: 'mediamtx' }).end('404 page not found');
    });
    const values = withCode(await failureOf(`${url}/api`), 'wrong-path');
    expect(values).toStrictEqual({ url: `${url}/api`, path: '/api', rightUrl: url });
  });
});

describe('something else in front', () => {
  test('a login page: where it sends to, without what its address carries', async () => {
    const location = 'https://joe:hush@auth.example.com/login?rd=hush#hush';
    const url = await answering((_request, response) => {
      response.writeHead(302, { location }).end();
    });
    const failure = await failureOf(url);
    expect(withCode(failure, 'redirected')).toMatchObject({
      target: 'https://auth.example.com',
      httpStatus: '302',
    });
    expect(JSON.stringify(failure)).not.toContain('hush');
    expect(failure.error).toContain('a login page or a proxy answers in place of MediaMTX');
  });

  test('a page for browsers', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>hush');
    });
    const failure = await failureOf(url);
    expect(failure.status).toBe('invalid');
    withCode(failure, 'web-page');
    expect(failure.error).not.toContain('hush');
  });

  test('a proxy that wants https: the right line', async () => {
    const url = await answering((request, response) => {
      response.writeHead(301, { location: `https://127.0.0.1${request.url}` }).end();
    });
    const values = withCode(await failureOf(url), 'tls-expected');
    expect(values).toStrictEqual({ url, rightUrl: url.replace('http:', 'https:') });
  });
});

describe('TLS', () => {
  const certificate = makeCertificate();
  let url: string;
  const start = async (): Promise<void> => {
    const server = await startTlsServer(certificate, (_request, response) => response.end(EMPTY));
    closing.push(server.close);
    url = server.url;
  };
  beforeAll(() => {
    expect(certificate.cert).toContain('BEGIN CERTIFICATE');
  });

  test.each([
    'Client sent an HTTP request to an HTTPS server.\n',
    '<html><center>The plain HTTP request was sent to HTTPS port</center></html>',
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
  ])('http on a port for TLS: %s', async (body) => {
    const plain = await answering((_request, response) => {
      response.writeHead(400).end(body);
    });
    const values = withCode(await failureOf(plain), 'tls-expected');
    expect(values['rightUrl']).toBe(plain.replace('http:', 'https:'));
  });

  test('https on a port without it', async () => {
    const plain = await answering((_request, response) => response.end(EMPTY));
    const secure = plain.replace('http:', 'https:');
    const failure = await failureOf(secure);
    expect(withCode(failure, 'plain-expected')).toStrictEqual({ url: secure, rightUrl: plain });
  });

  test('a certificate that nobody known made: how to get its fingerprint', async () => {
    await start();
    const failure = await failureOf(url);
    expect(withCode(failure, 'certificate-unknown')).toStrictEqual({
      url,
      systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(failure.error).toContain('MEDIAMTX_API_FINGERPRINT');
    expect(failure.error.split('\n')[1]).toBe('openssl x509 -noout -fingerprint -sha256 -in server.crt');
  });

  test('one without a name for this address, though its maker is known', async () => {
    await start();
    const failure = await failureOf(url, { kind: 'authority', pem: certificate.cert });
    expect(withCode(failure, 'certificate-name')).toStrictEqual({ url, host: '127.0.0.1' });
  });

  test('with its fingerprint it is believed, time after time', async () => {
    await start();
    const trust: Trust = { kind: 'fingerprint', fingerprint: certificate.fingerprint };
    expect(await ask(url, trust)).toMatchObject({ kind: 'items' });
    expect(await ask(url, trust)).toMatchObject({ kind: 'items' });
  });

  test('with another fingerprint nothing is sent, and the failure has the right one', async () => {
    const asked: string[] = [];
    const server = await startTlsServer(certificate, (request, response) => {
      asked.push(request.url ?? '');
      response.end(EMPTY);
    });
    closing.push(server.close);
    const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
    const failure = await failureOf(server.url, { kind: 'fingerprint', fingerprint });
    expect(withCode(failure, 'fingerprint-differs')).toStrictEqual({
      url: server.url,
      fingerprint: certificate.fingerprint,
    });
    expect(failure.error).toContain(certificate.fingerprint);
    expect(asked).toStrictEqual([]);
  });
});
