import type { ServerTopic, StreamsHead } from '@mediamtx-monitor/types';
import { Tick } from '../../src/tick/tick.ts';
import { headOf } from '../publisher.ts';

/** A tick with these records, or with this text in their place. */
export function tickOf(
  records: readonly unknown[] | string,
  changes: Partial<StreamsHead> = {},
  topic: ServerTopic = 'streams',
): Tick {
  const head = { ...headOf(changes), type: topic };
  const array = Buffer.from(typeof records === 'string' ? records : JSON.stringify(records));
  const headJson = Buffer.from(JSON.stringify(head));
  return new Tick({ topic, subject: head.server, head, array, headJson, receivedMs: 0 });
}
