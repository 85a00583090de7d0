import { describe, expect, test } from '@jest/globals';
import { connectionRecordSchema, connectionsMessageSchema } from '../../src/schemas/index.ts';
import { complaints, withField } from '../support/refusals.ts';
import { connections, head } from '../support/samples.ts';

describe.each(connections)('a connection over $protocol', (connection) => {
  test('is taken, also with everything unknown that may be', () => {
    expect(complaints(connectionRecordSchema, connection)).toStrictEqual([]);
    const unknown = ['stream', 'remoteAddr', 'user', 'userAgent', 'since', 'inboundBytes', 'inboundMbps'];
    const blank = unknown.reduce<object>((record, field) => withField(record, field, null), connection);
    expect(complaints(connectionRecordSchema, blank)).toStrictEqual([]);
  });

  test.each(Object.keys(connections[0] ?? {}).filter((field) => field !== 'srt'))(
    'without %s is refused',
    (field) => {
      expect(complaints(connectionRecordSchema, withField(connection, field, undefined))).not.toStrictEqual(
        [],
      );
    },
  );

  test.each<[string, unknown]>([
    ['role', 'watch'],
    ['protocol', 'carrier pigeon'],
    ['inboundMbps', -1],
    ['outboundBytes', '1000'],
    ['health', 'fine'],
    ['since', 'yesterday'],
  ])('with a wrong %s is refused', (field, value) => {
    expect(complaints(connectionRecordSchema, withField(connection, field, value))).not.toStrictEqual([]);
  });

  test('is taken with what a later release adds, in the member of its protocol too', () => {
    const [member, detail] = Object.entries<unknown>(connection).at(-1) ?? ['', {}];
    const later = { ...connection, added: 1, [member]: { ...(detail as object), added: null } };
    expect(complaints(connectionRecordSchema, later)).toStrictEqual([]);
  });

  test('needs the member of its protocol', () => {
    const member = Object.keys(connection).at(-1) ?? '';
    expect(complaints(connectionRecordSchema, withField(connection, member, undefined))).not.toStrictEqual(
      [],
    );
    expect(complaints(connectionRecordSchema, withField(connection, member, {}))).not.toStrictEqual([]);
  });
});

test('a message holds connections of all protocols', () => {
  const message = { ...head, type: 'connections', connections };
  expect(complaints(connectionsMessageSchema, message)).toStrictEqual([]);
  expect(complaints(connectionsMessageSchema, { ...message, added: 1 })).toStrictEqual([]);
  expect(complaints(connectionsMessageSchema, { ...message, type: 'streams' })).toStrictEqual(['type']);
});
