import type { ConnectionFact } from '../facts.ts';
import { commonFacts, type RawConnection, withDetail } from './connection.ts';
import { asCount } from '../fields.ts';

/** One item of `/v3/rtmpconns/list` or `/v3/rtmpsconns/list`; `null` when it has no id. */
export function normaliseRtmp(raw: RawConnection, protocol: 'rtmp' | 'rtmps'): ConnectionFact | null {
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, { protocol, framesDiscarded: asCount(raw.fields['outboundFramesDiscarded']) });
}
