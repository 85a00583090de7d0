import { Parser } from '@asyncapi/parser';
import { describe, expect, test } from '@jest/globals';
import { CLOSE_CODES, SOCKET_ERRORS, TOPICS } from '@mediamtx-monitor/types';
import { asyncapi, at, membersOf, openapi } from './documents.ts';

describe('the AsyncAPI document', () => {
  test('is AsyncAPI 3.0', async () => {
    expect(asyncapi['asyncapi']).toBe('3.0.0');
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncapi));
    // Severities: 0 error, 1 warning.
    expect(diagnostics.filter(({ severity }: { readonly severity: number }) => severity <= 1)).toStrictEqual(
      [],
    );
    expect(
      document
        ?.channels()
        .all()
        .map((channel) => channel.address()),
    ).toStrictEqual(['/ws', '/api/live']);
    expect(
      document
        ?.operations()
        .all()
        .map((operation) => operation.action()),
    ).toStrictEqual(['send', 'receive', 'send']);
  });

  test('has every kind of message on the channels that carry it', () => {
    const messages = (channel: string): string[] =>
      Object.keys(membersOf(at(asyncapi, 'channels', channel, 'messages')));
    expect(messages('socket')).toStrictEqual([
      ...TOPICS,
      'events.trimmed',
      'cursor',
      'status',
      'error',
      'subscribe',
    ]);
    expect(messages('events')).toStrictEqual([...TOPICS, 'events.trimmed', 'status']);
  });

  test('has every close code, and every code of an error message', () => {
    const description = String(at(asyncapi, 'channels', 'socket', 'description'));
    for (const code of Object.values(CLOSE_CODES)) expect(description).toContain(`| ${code} | `);
    expect(description).toContain('| 4001 | The token it came with was removed | no |');
    expect(description).toContain('| 4100 | The client took nothing for too long | yes |');
    expect(at(asyncapi, 'components', 'schemas', 'ErrorMessage', 'properties', 'code', 'enum')).toStrictEqual(
      Object.keys(SOCKET_ERRORS),
    );
  });

  test('says with which problems a handshake is refused', () => {
    expect(at(asyncapi, 'channels', 'socket', 'description')).toContain(
      'problem document: `invalid-handshake`, `not-found`, ',
    );
  });

  test('has the parameters of both channels', () => {
    const query = ['topics', 'server', 'label', 'stream', 'cursor', 'ticket'];
    const socket = at(asyncapi, 'channels', 'socket', 'bindings', 'ws', 'query', 'properties');
    const events = at(asyncapi, 'operations', 'tellEvents', 'bindings', 'http', 'query', 'properties');
    expect(Object.keys(membersOf(socket))).toStrictEqual(query);
    expect(events).toStrictEqual(socket);
  });

  test('names the same schemas as the OpenAPI document', () => {
    expect(at(asyncapi, 'components', 'schemas')).toStrictEqual(at(openapi, 'components', 'schemas'));
  });
});
