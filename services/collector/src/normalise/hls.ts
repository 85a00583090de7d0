import type { ConnectionFact } from '../facts.ts';
import { commonFacts, type RawConnection, withDetail } from './connection.ts';
import { asCount, asFlag, asText, asTimeMs } from '../fields.ts';

/** One item of `/v3/hlssessions/list` (MediaMTX 1.18.0), which always reads; `null` when it has no id. */
export function normaliseHlsSession(raw: RawConnection): ConnectionFact | null {
  const common = commonFacts(raw, asText(raw.fields['id']), 'read');
  if (common === null) return null;
  return withDetail(common, {
    protocol: 'hls',
    lastRequestAtMs: null,
    cdn: asFlag(raw.fields['isCDN']),
    framesDiscarded: null,
  });
}

/**
 * One item of `/v3/hlsmuxers/list`, which stands for all HLS readers of its stream up to 1.17; `null` when it has
 * no path.
 */
export function normaliseHlsMuxer(raw: RawConnection): ConnectionFact | null {
  const stream = asText(raw.fields['path']);
  const common = commonFacts(raw, stream === null ? null : `hls:${stream}`, 'read');
  if (common === null) return null;
  return withDetail(common, {
    protocol: 'hls',
    lastRequestAtMs: asTimeMs(raw.fields['lastRequest']),
    cdn: null,
    framesDiscarded: asCount(raw.fields['outboundFramesDiscarded']),
  });
}
