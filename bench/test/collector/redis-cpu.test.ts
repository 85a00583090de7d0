import { afterAll, expect, test } from '@jest/globals';
import { redisCpu, redisCpuOf } from '../../src/collector/redis-cpu.ts';
import { connectRedis, startRedis } from '../../src/rig/redis.ts';
import { Ending } from '../../src/rig/ending.ts';

const ending = new Ending();
afterAll(() => ending.run());

const CPU = '# CPU\r\nused_cpu_sys:1.500000\r\nused_cpu_user:2.250000\r\nused_cpu_sys_children:9.0\r\n';

test('commands within a script count in it', () => {
  const stats =
    '# Commandstats\r\n' +
    'cmdstat_set:calls=4,usec=400,usec_per_call=100.00,rejected_calls=0,failed_calls=0\r\n' +
    'cmdstat_evalsha:calls=2,usec=1500,usec_per_call=750.00,rejected_calls=0,failed_calls=0\r\n';
  expect(redisCpuOf(stats, CPU)).toStrictEqual({ commandsMs: 1.5, processMs: 3_750 });
});

test('without scripts all commands count', () => {
  const stats =
    'cmdstat_set:calls=4,usec=400,usec_per_call=100.00\r\ncmdstat_info:calls=1,usec=100,usec_per_call=100.00\r\n';
  expect(redisCpuOf(stats, CPU).commandsMs).toBe(0.5);
});

test('a real Redis tells both', async () => {
  const redis = connectRedis(ending, await startRedis(ending));
  await redis.eval("for i = 1, 10000 do redis.call('set', KEYS[1], i) end", 1, 'key');
  const { commandsMs, processMs } = await redisCpu(redis);
  expect(commandsMs).toBeGreaterThan(0);
  expect(processMs).toBeGreaterThan(0);
});
