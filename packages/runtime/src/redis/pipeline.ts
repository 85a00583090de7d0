import type { ChainableCommander } from 'ioredis';
import { isWrongType } from './command-failures.ts';

/** Runs a pipeline; rejects with the first error among its replies. */
export async function runPipeline(pipeline: ChainableCommander): Promise<void> {
  for (const reply of await repliesOf(pipeline)) if (reply instanceof Error) throw reply;
}

/** What a pipeline reads; `undefined` where a key is of another kind. Rejects with any other error. */
export async function readPipeline(pipeline: ChainableCommander): Promise<unknown[]> {
  const replies = await repliesOf(pipeline);
  return replies.map((reply) => {
    if (!(reply instanceof Error)) return reply;
    if (!isWrongType(reply)) throw reply;
    return undefined;
  });
}

async function repliesOf(pipeline: ChainableCommander): Promise<unknown[]> {
  if (pipeline.length === 0) return [];
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, reply]) => error ?? reply);
}
