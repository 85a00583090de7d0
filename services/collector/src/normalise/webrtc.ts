import type { ConnectionFact } from '../facts.ts';
import { commonFacts, type RawConnection, withDetail } from './connection.ts';
import { asCount, asFlag, asText } from '../fields.ts';
import { shownCandidate } from '../addresses.ts';
import { rtpFact } from './rtp.ts';

/** One item of `/v3/webrtcsessions/list`; `null` when it has no id. */
export function normaliseWebrtc(raw: RawConnection): ConnectionFact | null {
  const { fields, privacy } = raw;
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, {
    protocol: 'webrtc',
    rtp: rtpFact(fields, common.role),
    established: asFlag(fields['peerConnectionEstablished']),
    localCandidate: shownCandidate(asText(fields['localCandidate']), privacy),
    remoteCandidate: shownCandidate(asText(fields['remoteCandidate']), privacy),
    framesDiscarded: asCount(fields['outboundFramesDiscarded']),
  });
}
