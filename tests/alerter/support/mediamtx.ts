import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, type Running } from '../../support/running.ts';

/** Heads of servers whose streams are in trouble now and then, each at most once. */
export interface PublishedHeads {
  /** Has other streams be in trouble, and some of those that are be well again. */
  readonly change: (round: number, random: () => number) => void;
  readonly allWell: () => void;
  /** Whether a stream was ever in trouble. */
  readonly wasIll: (stream: string) => boolean;
  readonly start: () => void;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const PUBLISHER = fileURLToPath(new URL('publisher.js', import.meta.url));
const SERVERS = ['main', 'second'];

/** @param folder for its file */
export function startHeads(redisUrl: string, prefix: string, folder: string): PublishedHeads {
  const path = join(folder, 'ill.json');
  const ill = new Map(SERVERS.map((server) => [server, new Map<string, string>()]));
  const everIll = new Set<string>();
  const write = (): void => {
    const plan = Array.from(ill, ([server, streams]) => [
      server,
      Array.from(streams, ([name, since]) => ({ name, since })),
    ]);
    writeFileSync(`${path}.new`, JSON.stringify(Object.fromEntries(plan)));
    renameSync(`${path}.new`, path);
  };
  write();
  const launch = (): Running => run(process.execPath, [PUBLISHER, redisUrl, prefix, path]);
  let running = launch();
  return {
    change: (round, random) => {
      const since = new Date().toISOString();
      for (const [server, streams] of ill) {
        for (const name of streams.keys()) if (random() < 0.4) streams.delete(name);
        for (let count = Math.floor(random() * 4); count > 0; count -= 1) {
          const name = `${server} ${round}/${count}`;
          streams.set(name, since);
          everIll.add(name);
        }
      }
      write();
    },
    allWell: () => {
      for (const streams of ill.values()) streams.clear();
      write();
    },
    wasIll: (stream) => everIll.has(stream),
    start: () => {
      running = launch();
    },
    kill: () => running.kill(),
    stop: () => running.stop(),
  };
}
