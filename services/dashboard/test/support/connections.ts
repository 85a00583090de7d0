import { lossReason, webrtcConnection } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord } from '@mediamtx-monitor/types';

export {
  lossReason as reason,
  srtConnection as srt,
  webrtcConnection as webrtc,
} from '@mediamtx-monitor/testkit';

/** A reader for whom things are thrown away. */
export function slow(id: string): ConnectionRecord {
  const reasons = [lossReason({ code: 'discards', measured: 3 })];
  return webrtcConnection({ id, health: 'warning', reasons });
}
