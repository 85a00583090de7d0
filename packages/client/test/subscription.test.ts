import { describe, expect, test } from '@jest/globals';
import { MAX_GLOB_LENGTH, type Topic } from '@mediamtx-monitor/types';
import { subscribeMessageSchema } from '@mediamtx-monitor/types/schemas';
import { isWanted, subscribeMessage, type Subscription } from '../src/subscription.ts';
import {
  connectionsMessage,
  hostsMessage,
  hostStatusMessage,
  serversMessage,
  statusMessage,
  streamsMessage,
} from './support/messages.ts';

const isValid = (message: unknown): boolean =>
  subscribeMessageSchema.validate(message, { convert: false }).error === undefined;

const RIGHT: Subscription[] = [
  {},
  { topics: ['streams'] },
  { topics: ['connections', 'streams'] },
  { topics: ['hosts'] },
  { server: 'main' },
  { server: '0-a' },
  { server: ['main', 'studio-2'] },
  { label: ['site:north', 'rack:1'] },
  { topics: ['servers'], label: [] },
  { stream: 'cam-1' },
  { stream: '*' },
  { stream: '**' },
  { stream: 'a*b**c*d***e' },
  { stream: '*a*a*a*' },
  { stream: 'ü/😀/{a}[b]' },
  { stream: 'x'.repeat(MAX_GLOB_LENGTH) },
  { topics: ['streams'], server: 'studio-2', stream: 'a/**' },
];

const WRONG: Subscription[] = [
  { topics: [] },
  { topics: ['weather' as Topic] },
  { topics: ['streams', '' as Topic] },
  { server: '' },
  { server: 'Main' },
  { server: 'a b' },
  { server: [] },
  { server: ['main', 'a b'] },
  { server: Array.from({ length: 101 }, (_, index) => `s${index}`) },
  { label: ['site'] },
  { label: Array.from({ length: 17 }, (_, index) => `a:${index}`) },
  { server: 'servers' },
  { server: 'x'.repeat(33) },
  { stream: '' },
  { stream: 'x'.repeat(MAX_GLOB_LENGTH + 1) },
  { stream: '*a'.repeat(17) },
];

describe('subscribeMessage', () => {
  test.each(RIGHT)('takes %j as the API does', (subscription) => {
    const message = subscribeMessage(subscription);
    expect(message).toStrictEqual({ action: 'subscribe', ...subscription });
    expect(isValid(message)).toBe(true);
  });

  test.each(WRONG)('refuses %j as the API does', (subscription) => {
    expect(() => subscribeMessage(subscription)).toThrow(
      expect.objectContaining({ code: 'invalid-subscription' }),
    );
    expect(isValid({ action: 'subscribe', ...subscription })).toBe(false);
  });

  test('refuses half a character, which no URL can hold', () => {
    expect(() => subscribeMessage({ stream: 'a\ud83d' })).toThrow(/stream/);
  });

  test('leaves out what is not given, and names a topic once', () => {
    const subscription = { topics: ['streams', 'streams'] as const, server: undefined, stream: undefined };
    expect(subscribeMessage(subscription)).toStrictEqual({ action: 'subscribe', topics: ['streams'] });
  });

  test('does not change with what was passed', () => {
    const topics: Topic[] = ['streams'];
    const message = subscribeMessage({ topics });
    topics.push('connections');
    expect(message.topics).toStrictEqual(['streams']);
  });
});

describe('isWanted', () => {
  const subscribe = { action: 'subscribe' } as const;

  test('streams of all servers unless something else was said', () => {
    expect(isWanted(subscribe, streamsMessage({ server: 'b' }))).toBe(true);
    expect(isWanted(subscribe, connectionsMessage())).toBe(false);
    expect(isWanted(subscribe, statusMessage())).toBe(true);
  });

  test('only the topics that were named', () => {
    expect(isWanted({ ...subscribe, topics: ['connections'] }, streamsMessage())).toBe(false);
    expect(isWanted({ ...subscribe, topics: ['connections'] }, connectionsMessage())).toBe(true);
    expect(isWanted({ ...subscribe, topics: ['connections'] }, statusMessage())).toBe(true);
  });

  test('of hosts only with their topic, and then whatever server was named', () => {
    const hosts = { ...subscribe, topics: ['hosts'], server: 'a' } as const;
    for (const message of [hostsMessage(), hostStatusMessage()]) {
      expect(isWanted(subscribe, message)).toBe(false);
      expect(isWanted(hosts, message)).toBe(true);
    }
    expect(isWanted(hosts, statusMessage({ server: 'a' }))).toBe(false);
  });

  test('of servers their heads with their topic', () => {
    expect(isWanted(subscribe, serversMessage())).toBe(false);
    expect(isWanted({ ...subscribe, topics: ['servers'] }, serversMessage())).toBe(true);
    expect(isWanted({ ...subscribe, topics: ['servers'] }, statusMessage())).toBe(true);
    expect(isWanted({ ...subscribe, topics: ['servers'], server: ['a', 'b'] }, serversMessage())).toBe(false);
  });

  test('only the server that was named, or those', () => {
    const several = { ...subscribe, server: ['a', 'c'] };
    const told = ['a', 'b', 'c'].filter((server) => isWanted(several, streamsMessage({ server })));
    expect(told).toStrictEqual(['a', 'c']);
    expect(isWanted({ ...subscribe, server: 'a' }, streamsMessage({ server: 'a' }))).toBe(true);
    expect(isWanted({ ...subscribe, server: 'a' }, streamsMessage({ server: 'b' }))).toBe(false);
    expect(isWanted({ ...subscribe, server: 'a' }, statusMessage({ server: 'b' }))).toBe(false);
  });
});
