import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLogRecorder, type LogRecorder, startRedisServer, testRedis } from '@mediamtx-monitor/testkit';
import { type AlerterCommand, redisNames, type RedisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { CommandReader } from '../../src/commands/index.ts';
import { news } from '../support/messages.ts';

const ended = useConnections();
let log: LogRecorder;
let names: RedisNames;
let redis: Redis;
let reader: CommandReader;
beforeEach(() => {
  const { url, prefix } = testRedis();
  names = redisNames(prefix);
  log = createLogRecorder();
  redis = ended(new Redis(url));
  reader = new CommandReader({ redis, names, logger: log.logger });
});

const START = '0-0';
const SILENCE = {
  ...{ id: 's1', server: null, stream: 'cam*', reason: null, comment: 'repair' },
  ...{ createdAt: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' },
};
const COMMANDS: readonly AlerterCommand[] = [
  { type: 'silence.add', by: 'ops', silence: SILENCE },
  { type: 'silence.delete', by: 'ops', id: 's1' },
  { type: 'alert.ack', by: 'ops', id: 'a1', comment: null },
  { type: 'target.test', by: 'ops', target: 'phone' },
  { type: 'notification.replay', by: 'ops', id: '1-0' },
];

async function given(command: unknown): Promise<string> {
  const id = await redis.xadd(names.commands, '*', 'json', JSON.stringify(command));
  return id ?? '';
}

test('all commands are read in order, each once', async () => {
  const ids: string[] = [];
  for (const command of COMMANDS) ids.push(await given(command));
  const { commands, lastId } = await reader.read(START);
  expect(commands).toStrictEqual(
    COMMANDS.map((command, index) => ({ id: ids[index], command, message: null })),
  );
  expect(lastId).toBe(ids.at(-1));
  expect(await reader.read(lastId)).toStrictEqual({ commands: [], lastId });
  expect(log.lines).toStrictEqual([]);
});

test('many come in parts', async () => {
  for (let count = 0; count < 150; count += 1) await given(COMMANDS[3]);
  const first = await reader.read(START);
  const second = await reader.read(first.lastId);
  expect([first.commands.length, second.commands.length]).toStrictEqual([100, 50]);
});

describe('what is none', () => {
  test.each([
    ['no JSON', '{'],
    ['of no type', {}],
    ['of an unknown type', { type: 'constructor', by: 'ops' }],
    ['of nobody', { type: 'silence.delete', id: 's1' }],
    ['of somebody without a name', { type: 'silence.delete', by: '', id: 's1' }],
    ['without an id', { type: 'silence.delete', by: 'ops' }],
    ['with a silence that has no end', { ...COMMANDS[0], silence: { ...SILENCE, until: 'never' } }],
    ['with a silence that is none', { type: 'silence.add', by: 'ops', silence: 's1' }],
    ['with a comment that is too long', { ...COMMANDS[2], comment: 'x'.repeat(501) }],
    ...Object.entries({
      ...{
        comment: '',
        id: 'x'.repeat(201),
        server: 'no id',
        stream: '',
        createdAt: '+012026-01-01T00:00:00Z',
      },
    }).map(([name, value]): [string, object] => [
      `with a silence of which nobody takes the ${name}`,
      { ...COMMANDS[0], silence: { ...SILENCE, [name]: value } },
    ]),
  ])('is told and passed over: %s', async (_, command) => {
    if (typeof command === 'string') await redis.xadd(names.commands, '*', 'json', command);
    else await given(command);
    const id = await given(COMMANDS[1]);
    expect(await reader.read(START)).toStrictEqual({
      commands: [{ id, command: COMMANDS[1], message: null }],
      lastId: id,
    });
    expect(log.messages('warn')).toStrictEqual([expect.stringContaining(`a command can't be understood`)]);
  });

  test('is told in one line, with how many', async () => {
    for (let count = 0; count < 20; count += 1) await given({ type: 'nonsense', by: 'ops' });
    await reader.read(START);
    expect(log.messages('warn')).toStrictEqual([
      `a command can't be understood and is passed over: it isn’t as the API writes them; and 19 more`,
    ]);
  });

  test('leaves no command to be looked at twice', async () => {
    const lastId = await redis.xadd(names.commands, '*', 'other', 'x');
    expect(await reader.read(START)).toStrictEqual({ commands: [], lastId });
  });
});

describe('a message that was given up', () => {
  test('comes with the wish to send it again', async () => {
    const message = news({ fired: [] }, 'm1');
    const id = await redis.xadd(
      names.notifications,
      '*',
      'json',
      JSON.stringify({ outcome: 'dead', message }),
    );
    await given({ type: 'notification.replay', by: 'ops', id });
    const { commands } = await reader.read(START);
    expect(commands[0]?.message).toStrictEqual(message);
  });

  test.each([
    ['was delivered', { outcome: 'delivered' }],
    ['is none', { message: { id: 'm1' } }],
  ])('doesn’t where it %s', async (_, entry) => {
    const id = await redis.xadd(names.notifications, '*', 'json', JSON.stringify(entry));
    await given({ type: 'notification.replay', by: 'ops', id });
    const { commands } = await reader.read(START);
    expect(commands).toMatchObject([{ message: null }]);
  });

  test('isn’t looked for by what is no id', async () => {
    await given({ type: 'notification.replay', by: 'ops', id: '- +' });
    expect((await reader.read(START)).commands).toMatchObject([{ message: null }]);
  });
});

describe('commands that aren’t there any more', () => {
  test('are told where they were trimmed', async () => {
    const lastId = await given(COMMANDS[1]);
    await given(COMMANDS[2]);
    await redis.xtrim(names.commands, 'MAXLEN', 1);
    expect((await reader.read(lastId)).commands).toHaveLength(1);
    expect(log.messages('warn')).toStrictEqual([expect.stringContaining('may be lost')]);
  });

  test('are told where Redis was emptied: it goes on behind what is there', async () => {
    await redis.xadd(names.commands, '5-1', 'json', JSON.stringify(COMMANDS[1]));
    expect(await reader.read('9-0')).toStrictEqual({ commands: [], lastId: '5-1' });
    expect(log.messages('warn')).toStrictEqual([expect.stringContaining('are others than before')]);
    const id = await given(COMMANDS[2]);
    expect((await reader.read('5-1')).lastId).toBe(id);
  });

  test('are no loss where none was ever given', async () => {
    expect(await reader.read('9-0')).toStrictEqual({ commands: [], lastId: '9-0' });
    expect(log.lines).toStrictEqual([]);
  });
});

test('without Redis, or where something else stands there, it is looked at again', async () => {
  await redis.set(names.commands, 'a string');
  expect(await reader.read(START)).toStrictEqual({ commands: [], lastId: START });
  expect(log.messages('warn')).toHaveLength(1);
  const server = await startRedisServer();
  const away = ended(new Redis(server.url, { maxRetriesPerRequest: 0, retryStrategy: () => 50 }));
  away.on('error', () => undefined);
  await away.ping();
  await server.stop();
  const lost = new CommandReader({ redis: away, names, logger: log.logger });
  expect(await lost.read('1-0')).toStrictEqual({ commands: [], lastId: '1-0' });
});
