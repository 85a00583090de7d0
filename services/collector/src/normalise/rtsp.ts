import type { ConnectionFact } from '../facts.ts';
import { commonFacts, type RawConnection, withDetail } from './connection.ts';
import { asCount, asFields, asText } from '../fields.ts';
import { rtpFact } from './rtp.ts';

/** Session id → tunnel, from `/v3/rtspconns/list` (`session` since 1.11.0, `tunnel` since 1.15.0). */
export type Tunnels = ReadonlyMap<string, string>;

/** Reads of each RTSP connection which session it serves and how it is tunnelled. */
export function readTunnels(items: readonly unknown[]): Tunnels {
  const tunnels = new Map<string, string>();
  for (const item of items) {
    const fields = asFields(item);
    const session = asText(fields?.['session']);
    const tunnel = asText(fields?.['tunnel']);
    if (session !== null && tunnel !== null) tunnels.set(session, tunnel);
  }
  return tunnels;
}

/** One item of `/v3/rtspsessions/list` or `/v3/rtspssessions/list`; `null` when it has no id. */
export function normaliseRtsp(
  raw: RawConnection,
  protocol: 'rtsp' | 'rtsps',
  tunnels: Tunnels,
): ConnectionFact | null {
  const { fields } = raw;
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, {
    protocol,
    rtp: rtpFact(fields, common.role),
    transport: asText(fields['transport']),
    tunnel: tunnels.get(common.id) ?? null,
    packetsInError: asCount(fields['inboundRTPPacketsInError'] ?? fields['rtpPacketsInError']),
    packetsDiscarded: asCount(fields['outboundRTPPacketsDiscarded']),
  });
}
