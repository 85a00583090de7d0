import type { ConnectionRecord, HlsDetail } from '@mediamtx-monitor/types';
import { asCount, asFlag, asText, asTimeMs } from '../fields.ts';
import { isoTime } from '../samples.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  NOT_MEASURED,
  type ProtocolModule,
  type RawConnection,
  connectionsIn,
  withDetail,
} from './protocol.ts';

export type HlsConnection = ConnectionFactBase & {
  readonly protocol: 'hls';
  readonly lastRequestAtMs: number | null;
  readonly cdn: boolean | null;
  readonly framesDiscarded: number | null;
};

/** A session (MediaMTX 1.18.0), which always reads. */
function readSession(raw: RawConnection): HlsConnection | null {
  const common = commonFacts(raw, asText(raw.fields['id']), 'read');
  if (common === null) return null;
  return withDetail(common, {
    protocol: 'hls',
    lastRequestAtMs: null,
    cdn: asFlag(raw.fields['isCDN']),
    framesDiscarded: null,
  });
}

/** How ids begin of muxers; the stream's name follows. */
const MUXER_PREFIX = 'hls:';

/** Whether a connection stands for all HLS readers of its stream. */
export function isMuxer({ id, protocol }: Pick<ConnectionRecord, 'id' | 'protocol'>): boolean {
  return protocol === 'hls' && id.startsWith(MUXER_PREFIX);
}

/** A muxer, which stands for all HLS readers of its stream up to 1.17; `null` when it has no path. */
function readMuxer(raw: RawConnection): HlsConnection | null {
  const stream = asText(raw.fields['path']);
  const common = commonFacts(raw, stream === null ? null : `${MUXER_PREFIX}${stream}`, 'read');
  if (common === null) return null;
  return withDetail(common, {
    protocol: 'hls',
    lastRequestAtMs: asTimeMs(raw.fields['lastRequest']),
    cdn: null,
    framesDiscarded: asCount(raw.fields['outboundFramesDiscarded']),
  });
}

export const HLS: ProtocolModule<
  HlsConnection,
  { readonly protocol: 'hls'; readonly hls: HlsDetail },
  { readonly hlsmuxers: HlsConnection; readonly hlssessions: HlsConnection }
> = {
  protocol: 'hls',
  lists: [
    // HLS readers are named by their muxer up to 1.17, and by their session since.
    {
      name: 'hlsmuxers',
      newName: 'hls/muxers',
      itemType: 'hlsmuxer',
      goesWith: 'hlssessions',
      read: readMuxer,
    },
    { name: 'hlssessions', newName: 'hls/sessions', itemType: 'hlssession', read: readSession },
  ],
  source: { type: 'hlssource', link: null },
  // Sessions are listed since 1.18.0; before, a muxer stands for all of them.
  normalise: ({ hlsmuxers, hlssessions }) =>
    hlssessions.kind === 'off'
      ? connectionsIn('hls', 'hlsmuxers', hlsmuxers)
      : connectionsIn('hls', 'hlssessions', hlssessions),
  counters: () => [null],
  discards: ({ framesDiscarded }) => framesDiscarded,
  rttMs: () => null,
  detail: ({ lastRequestAtMs, cdn, framesDiscarded }) => ({
    protocol: 'hls',
    hls: {
      lastRequestAt: lastRequestAtMs === null ? null : isoTime(lastRequestAtMs),
      cdn,
      framesDiscarded,
    },
  }),
  measures: () => NOT_MEASURED,
  figures: ({ hls }) => ({ rttMs: null, rttP95Ms: null, lossPercent: null, discards: hls.framesDiscarded }),
  blank: ({ hls }) => ({ protocol: 'hls', hls: allNull(hls) }),
};
