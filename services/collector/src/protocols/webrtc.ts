import type { WebrtcDetail } from '@mediamtx-monitor/types';
import { shownCandidate } from '../addresses.ts';
import { asCount, asFlag, asText } from '../fields.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  type ProtocolModule,
  type RawConnection,
  connectionsIn,
  withDetail,
} from './protocol.ts';
import { rtpCounters, rtpDetail, type RtpFact, rtpFact, rtpMeasures } from './rtp.ts';

export type WebrtcConnection = ConnectionFactBase & {
  readonly protocol: 'webrtc';
  readonly rtp: RtpFact;
  readonly established: boolean | null;
  readonly localCandidate: string | null;
  readonly remoteCandidate: string | null;
  readonly framesDiscarded: number | null;
};

function read(raw: RawConnection): WebrtcConnection | null {
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

export const WEBRTC: ProtocolModule<
  WebrtcConnection,
  { readonly protocol: 'webrtc'; readonly webrtc: WebrtcDetail },
  { readonly webrtcsessions: WebrtcConnection }
> = {
  protocol: 'webrtc',
  lists: [{ name: 'webrtcsessions', newName: 'webrtc/sessions', itemType: 'webrtcsession', read }],
  source: {
    type: 'webrtcsource',
    link: (fields, privacy) => read({ fields, privacy, list: 'webrtcsessions' }),
  },
  normalise: ({ webrtcsessions }) => connectionsIn('webrtc', 'webrtcsessions', webrtcsessions),
  counters: ({ rtp }) => rtpCounters(rtp),
  discards: ({ framesDiscarded }) => framesDiscarded,
  rttMs: () => null,
  detail: ({ rtp, role, established, localCandidate, remoteCandidate, framesDiscarded }, context) => ({
    protocol: 'webrtc',
    webrtc: Object.assign(rtpDetail(rtp, role, context), {
      established,
      localCandidate,
      remoteCandidate,
      framesDiscarded,
    }),
  }),
  measures: ({ webrtc }) => rtpMeasures(webrtc),
  figures: ({ webrtc: { lossPercent, framesDiscarded } }) => ({
    rttMs: null,
    rttP95Ms: null,
    lossPercent,
    discards: framesDiscarded,
  }),
  blank: ({ webrtc }) => ({ protocol: 'webrtc', webrtc: allNull(webrtc) }),
};
