import { liveStream, lossReason, webrtcConnection } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord, StreamRecord } from '@mediamtx-monitor/types';
import { assessStream, type AssessedStream } from '../../src/index.ts';

/** A live stream as it is believed, healthy but for what is given. */
export function assessed(fields: Partial<StreamRecord> = {}): AssessedStream {
  return assessStream(liveStream(fields), false);
}

/** A reader for whom things are thrown away. */
export function slow(id: string): ConnectionRecord {
  const reasons = [lossReason({ code: 'discards', measured: 3 })];
  return webrtcConnection({ id, health: 'warning', reasons });
}
