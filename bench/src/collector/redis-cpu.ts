import type { Redis } from 'ioredis';

/** Time that a Redis took so far, in ms. */
export interface RedisCpu {
  /** Of the commands that clients gave; Redis takes it by the clock. */
  readonly commandsMs: number;
  /** Processor time of the whole process: reading and writing sockets, too. */
  readonly processMs: number;
}

/** Commands that scripts give are counted by themselves, and in their script. */
const WITHIN = /^cmdstat_(?:evalsha|eval|fcall)$/;

/** Reads what `INFO commandstats` and `INFO cpu` tell. */
export async function redisCpu(redis: Redis): Promise<RedisCpu> {
  return redisCpuOf(await redis.info('commandstats'), await redis.info('cpu'));
}

/** @param commandStats of a Redis whose clients give all their commands in scripts, or none */
export function redisCpuOf(commandStats: string, cpu: string): RedisCpu {
  const commands = [...commandStats.matchAll(/^(cmdstat_[^:]+):.*\busec=(\d+)/gm)].map(
    ([, name = '', us]) => ({ name, us: Number(us) }),
  );
  const scripts = commands.filter(({ name }) => WITHIN.test(name));
  const counted = scripts.length > 0 ? scripts : commands;
  const seconds = [...cpu.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)].map(([, text]) => Number(text));
  return {
    commandsMs: sum(counted.map(({ us }) => us)) / 1_000,
    processMs: sum(seconds) * 1_000,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
