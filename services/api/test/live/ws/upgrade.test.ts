import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { problemSchema } from '@mediamtx-monitor/types/schemas';
import fc from 'fast-check';
import { connectClient } from './client.ts';
import { connectRaw, type RawOptions } from './raw.ts';
import { startSockets } from './server.ts';

describe('a request that can not become a WebSocket is answered', () => {
  const cases: [string, RawOptions, number, string][] = [
    ['another path', { path: '/' }, 404, 'not-found'],
    ['a path below', { path: '/ws/' }, 404, 'not-found'],
    ['a path of HTTP', { path: '/api/servers' }, 404, 'not-found'],
    ['slashes', { path: '//?' }, 404, 'not-found'],
    ['an unknown parameter', { path: '/ws?topic=x' }, 400, 'unknown-parameter'],
    ['half an escape', { path: '/ws?%' }, 400, 'unknown-parameter'],
    ['no server id', { path: '/ws?server=LATEST' }, 400, 'invalid-parameter'],
    ['an unknown topic', { path: '/ws?topics=streams,weather' }, 400, 'invalid-parameter'],
    ['no topic', { path: '/ws?topics=' }, 400, 'invalid-parameter'],
    ['an empty glob', { path: '/ws?stream=' }, 400, 'invalid-parameter'],
    ['a glob of too many wildcards', { path: `/ws?stream=${'*a'.repeat(17)}` }, 400, 'invalid-parameter'],
    ['a parameter given twice', { path: '/ws?server=a&server=b' }, 400, 'invalid-parameter'],
    ['another method', { method: 'PUT' }, 405, 'method-not-allowed'],
    ['no key', { headers: { 'Sec-WebSocket-Key': null } }, 400, 'invalid-handshake'],
    ['a key that is none', { headers: { 'Sec-WebSocket-Key': 'x' } }, 400, 'invalid-handshake'],
    ['no version', { headers: { 'Sec-WebSocket-Version': null } }, 400, 'invalid-handshake'],
    ['another version', { headers: { 'Sec-WebSocket-Version': '99' } }, 400, 'invalid-handshake'],
    ['wrong subprotocols', { headers: { 'Sec-WebSocket-Protocol': 'a, a' } }, 400, 'invalid-handshake'],
    ['wrong extensions', { headers: { 'Sec-WebSocket-Extensions': ';' } }, 400, 'invalid-handshake'],
    [
      'a window that there is none of',
      { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate; server_max_window_bits=99' } },
      400,
      'invalid-handshake',
    ],
  ];

  test.each(cases)('%s', async (_, options, status, code) => {
    const { url, entries, connections } = await startSockets();
    const client = await connectRaw(url, options);
    expect(client.head).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [^]*Content-Type: application/problem\\+json`),
    );
    expect(client.head).toMatch(/Connection: close/);
    await client.gone;
    const problem: unknown = JSON.parse(client.received().toString());
    expect(problemSchema.validate(problem).error).toBeUndefined();
    expect(problem).toMatchObject({ status, code });
    await eventually(() => {
      const { entered, left } = entries();
      expect(left).toBe(entered);
      expect(connections.size).toBe(0);
    });
  });

  test('with the version there is, and the method', async () => {
    const { url } = await startSockets();
    const version = await connectRaw(url, { headers: { 'Sec-WebSocket-Version': '99' } });
    expect(version.head).toContain('Sec-WebSocket-Version: 13');
    const method = await connectRaw(url, { method: 'DELETE' });
    expect(method.head).toContain('Allow: GET');
  });

  test('and its connection closed, if the client does so or not', async () => {
    const { url, connections } = await startSockets();
    const client = await connectRaw(url, { path: '/', allowHalfOpen: true });
    expect(client.head).toMatch(/^HTTP\/1\.1 404 /);
    await eventually(() => {
      expect(connections.size).toBe(0);
    });
  });
});

describe('the subprotocol', () => {
  test.each([
    [['mediamtx-monitor.v1'], 'mediamtx-monitor.v1'],
    [['mediamtx-monitor.v1', 'bearer.secret'], 'mediamtx-monitor.v1'],
    [['bearer.secret', 'mediamtx-monitor.v1'], 'mediamtx-monitor.v1'],
  ])('of those offered (%p) is %s', async (protocols, chosen) => {
    const { url } = await startSockets();
    const client = await connectClient(url, '', { protocols });
    expect(client.socket.protocol).toBe(chosen);
  });

  test('is none if ours is not among them; a token is never said back', async () => {
    const { url } = await startSockets();
    const client = await connectRaw(url, { headers: { 'Sec-WebSocket-Protocol': 'bearer.secret, chat' } });
    expect(client.head).toMatch(/^HTTP\/1\.1 101 /);
    expect(client.head).not.toMatch(/protocol:|secret/i);
  });

  test('is not needed', async () => {
    const { url } = await startSockets();
    const client = await connectClient(url);
    expect(client.socket.protocol).toBe('');
  });
});

test('whatever a handshake says, it ends in a WebSocket or in an answer that says why not', async () => {
  const { url, entries, connections, lines } = await startSockets();
  const token = fc.stringMatching(/^[ -~]{0,40}$/);
  const extensions = fc.oneof(
    token,
    fc.stringMatching(
      /^permessage-deflate(; ?(server|client)_(no_context_takeover|max_window_bits)(=\d\d?)?){0,3}$/,
    ),
  );
  const headers = fc.record(
    {
      'Sec-WebSocket-Protocol': fc.oneof(token, fc.constant('mediamtx-monitor.v1, bearer.x')),
      'Sec-WebSocket-Extensions': extensions,
      'Sec-WebSocket-Key': fc.oneof(token, fc.constant('AAAAAAAAAAAAAAAAAAAAAA==')),
      'Sec-WebSocket-Version': fc.constantFrom('13', '8', '', 'x'),
    },
    { requiredKeys: [] },
  );
  const query = fc.stringMatching(/^[!-~]{0,30}$/);
  const check = async (given: Record<string, string>, text: string): Promise<void> => {
    const client = await connectRaw(url, { path: `/ws?${text}`, headers: given });
    expect(client.head).toMatch(/^HTTP\/1\.1 (101|400) /);
    client.socket.destroy();
  };
  await fc.assert(fc.asyncProperty(headers, fc.oneof(query, fc.constant('topics=streams')), check), {
    numRuns: 150,
  });
  await eventually(() => {
    const { entered, left } = entries();
    expect(left).toBe(entered);
    expect(connections.size).toBe(0);
  });
  expect(lines.filter((line) => /^(warn|error)/.test(line))).toStrictEqual([]);
});
