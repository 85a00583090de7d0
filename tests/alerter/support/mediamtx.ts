import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@mediamtx-monitor/testkit';
import { run } from '../../support/running.ts';
import { type RestartedProcess, startRestarted } from './restarted.ts';

/** A MediaMTX whose streams go now and then, each at most once; and which may be killed itself. */
export interface FallibleMediamtx extends RestartedProcess {
  readonly url: string;
  readonly streams: readonly string[];
  /** Has streams go that never went, and some of those that are away come back. */
  readonly change: (random: () => number) => void;
  readonly allBack: () => void;
  /** Whether a stream had gone by then. @param time RFC 3339 */
  readonly hasGoneBy: (stream: string, time: string) => boolean;
  /** Whether it had been killed itself by then. */
  readonly wasKilledBy: (time: string) => boolean;
}

const PROGRAM = fileURLToPath(new URL('mediamtx.js', import.meta.url));
/** So many streams go at once, at most. */
export const MOST_GOING = 3;

/** @param streams how many it has @param folder for its file */
export async function startMediamtx(streams: number, folder: string): Promise<FallibleMediamtx> {
  const port = await freePort();
  const path = join(folder, `${port}.json`);
  const names = Array.from({ length: streams }, (_, index) => `cam ${index}`);
  const wentAt = new Map<string, string>();
  const away = new Set<string>();
  let killedAt: string | null = null;
  const write = (): void => {
    writeFileSync(`${path}.new`, JSON.stringify([...away]));
    renameSync(`${path}.new`, path);
  };
  write();
  const running = startRestarted(() => run(process.execPath, [PROGRAM, String(port), String(streams), path]));
  return {
    ...running,
    url: `http://127.0.0.1:${port}`,
    streams: names,
    change: (random) => {
      for (const name of away) if (random() < 0.4) away.delete(name);
      const going = Math.floor(random() * (MOST_GOING + 1));
      for (const name of names.slice(wentAt.size, wentAt.size + going)) {
        wentAt.set(name, new Date().toISOString());
        away.add(name);
      }
      write();
    },
    allBack: () => {
      away.clear();
      write();
    },
    hasGoneBy: (stream, time) => (wentAt.get(stream) ?? time) < time,
    wasKilledBy: (time) => killedAt !== null && killedAt < time,
    kill: async () => {
      killedAt ??= new Date().toISOString();
      await running.kill();
    },
  };
}
