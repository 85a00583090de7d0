import { mutated } from './hostile-values.ts';
import type { Action, ActionsOptions } from './redis-actions.ts';

const SILENCE = {
  ...{ id: 'quiet', server: null, stream: 'cam/*', reason: null, comment: '' },
  ...{ createdAt: '2026-11-30T00:00:00.000Z', until: '2026-12-01T00:00:00.000Z' },
};
const COMMANDS = [
  { type: 'silence.add', by: 'ops', silence: SILENCE },
  { type: 'silence.delete', by: 'ops', id: 'quiet' },
  { type: 'alert.ack', by: 'ops', id: 'x', comment: null },
  { type: 'target.test', by: 'ops', target: 'all' },
  { type: 'notification.replay', by: 'ops', id: '1764370000000-0' },
];
const LEASES = [
  '9999999999999 1 else held 5 x',
  '1 1 else released 0 ',
  'nothing',
  '',
  '1764370000000 1 a held 9e9 x',
];

/** Does one hostile thing to what the alerter keeps, and to what it is asked for. What Redis refuses is left out. */
export function alerterActions({ redis, names, choices }: ActionsOptions): Action {
  const { pick, below, bytes } = choices;
  const key = (): string => pick([names.alerts, names.commands, names.notifications]);
  const field = (): string =>
    pick(['lease', 'state', 'alert:x', 'target:all', 'silence:x', 'command', '__proto__']);
  /** Puts something else in the place of what is written there, as far as there is any. */
  const change = async (): Promise<unknown> => {
    const fields = await redis.hgetall(names.alerts);
    const name = pick([...Object.keys(fields), field()]);
    return redis.hset(names.alerts, name, mutated(fields[name] ?? '{}', choices));
  };
  const actions: readonly Action[] = [
    change,
    change,
    () => redis.hset(names.alerts, field(), bytes(below(100))),
    () => redis.hset(names.alerts, 'lease', pick(LEASES)),
    () => redis.hdel(names.alerts, field()),
    () => redis.xadd(names.commands, '*', 'json', mutated(JSON.stringify(pick(COMMANDS)), choices)),
    () => redis.xadd(names.commands, '*', pick(['json', 'x']), bytes(below(200))),
    () => redis.xtrim(names.commands, 'MAXLEN', below(3)),
    () => redis.del(key()),
    async () => {
      const one = key();
      await redis.del(one);
      return pick([
        () => redis.set(one, 'x'),
        () => redis.rpush(one, 'x'),
        () => redis.hset(one, 'x', 'y'),
      ])();
    },
  ];
  return async () => {
    await pick(actions)().catch(() => undefined);
  };
}
