import type { ConnectionFact, ListName, PollResult } from '../facts.ts';
import type { AddressPrivacy, Protocol } from '@mediamtx-monitor/types';
import type { RawConnection } from './connection.ts';
import { asFields } from '../fields.ts';
import { normaliseHlsMuxer, normaliseHlsSession } from './hls.ts';
import { type NormalisedList, normaliseList } from './list.ts';
import { normaliseMoq } from './moq.ts';
import { normaliseRtmp } from './rtmp.ts';
import { normaliseRtsp, readTunnels, type Tunnels } from './rtsp.ts';
import { normaliseSrt } from './srt.ts';
import { normaliseWebrtc } from './webrtc.ts';

/** The connections of one protocol, and the list they were read from. */
export interface ProtocolList {
  readonly protocol: Protocol;
  readonly list: ListName;
  readonly connections: NormalisedList<ConnectionFact>;
}

/** Reads the connections of every protocol from the lists that tell them. */
export function normaliseConnections(poll: PollResult, privacy: AddressPrivacy): ProtocolList[] {
  const read = (
    protocol: Protocol,
    list: ListName,
    normaliseItem: (raw: RawConnection) => ConnectionFact | null,
  ): ProtocolList => ({
    protocol,
    list,
    connections: normaliseList(
      list,
      poll[list],
      (item) => {
        const fields = asFields(item);
        return fields === null ? null : normaliseItem({ fields, privacy, list });
      },
      ({ id }) => id,
    ),
  });
  const tunnelsOf = (list: ListName): Tunnels => {
    const outcome = poll[list];
    return readTunnels(outcome.kind === 'items' ? outcome.items : []);
  };
  const rtspTunnels = tunnelsOf('rtspconns');
  const rtspsTunnels = tunnelsOf('rtspsconns');
  // Sessions are listed since 1.18.0; before, a muxer stands for all of them.
  const hls =
    poll.hlssessions.kind === 'off'
      ? read('hls', 'hlsmuxers', normaliseHlsMuxer)
      : read('hls', 'hlssessions', normaliseHlsSession);
  return [
    read('srt', 'srtconns', normaliseSrt),
    read('rtsp', 'rtspsessions', (raw) => normaliseRtsp(raw, 'rtsp', rtspTunnels)),
    read('rtsps', 'rtspssessions', (raw) => normaliseRtsp(raw, 'rtsps', rtspsTunnels)),
    read('rtmp', 'rtmpconns', (raw) => normaliseRtmp(raw, 'rtmp')),
    read('rtmps', 'rtmpsconns', (raw) => normaliseRtmp(raw, 'rtmps')),
    hls,
    read('webrtc', 'webrtcsessions', normaliseWebrtc),
    read('moq', 'moqsessions', normaliseMoq),
  ];
}
