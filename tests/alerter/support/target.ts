import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@mediamtx-monitor/testkit';
import type { Alert } from '@mediamtx-monitor/types';
import { run } from '../../support/running.ts';
import { type RestartedProcess, startRestarted } from './restarted.ts';

/** A message that came, taken or not. */
export interface CameMessage {
  readonly id: string;
  /** Whether it was answered that it was taken: without a kill in between, the sender knows it. */
  readonly isTaken: boolean;
  readonly body: string;
  readonly fired: readonly Alert[];
  readonly repeated: readonly Alert[];
  readonly resolved: readonly Alert[];
}

/** Somebody who is told of alerts: a process of its own that can be killed. */
export interface TargetProcess extends RestartedProcess {
  readonly name: string;
  readonly url: string;
  /** All that came so far, in its order. */
  readonly came: () => readonly CameMessage[];
  /** How it answers from now on: a status, or `hang`. */
  readonly answer: (how: '200' | '500' | 'hang') => void;
}

const RECEIVER = fileURLToPath(new URL('receiver.js', import.meta.url));

/** @param folder for its files */
export async function startTarget(name: string, folder: string): Promise<TargetProcess> {
  const port = await freePort();
  const [gotPath, answerPath] = [join(folder, `${name}.jsonl`), join(folder, `${name}.answer`)];
  writeFileSync(gotPath, '');
  writeFileSync(answerPath, '200');
  const running = startRestarted(() => run(process.execPath, [RECEIVER, String(port), gotPath, answerPath]));
  return {
    ...running,
    name,
    url: `http://127.0.0.1:${port}/`,
    came: () => readFileSync(gotPath, 'utf8').trimEnd().split('\n').filter(Boolean).map(parse),
    answer: (how) => {
      writeFileSync(answerPath, how);
    },
  };
}

function parse(line: string): CameMessage {
  const { id, isTaken, body } = JSON.parse(line) as Pick<CameMessage, 'id' | 'isTaken' | 'body'>;
  const { data } = JSON.parse(body) as {
    readonly data: Pick<CameMessage, 'fired' | 'repeated' | 'resolved'>;
  };
  const { fired, repeated, resolved } = data;
  return { id, isTaken, body, fired, repeated, resolved };
}
