import { type Evidence, worstFirst } from '@mediamtx-monitor/model';
import type { ConnectionRecord, Reason, ReasonCode } from '@mediamtx-monitor/types';
import type { Texts } from './en/index.ts';
import type { Format } from './format.ts';
import { shownAddress } from '../model/address.ts';
import { protocolName } from '../model/protocol.ts';

type Unit = 'share' | 'percent' | 'decimal' | 'count';

const UNITS: Readonly<Record<ReasonCode, Unit>> = {
  'rtt-near-latency': 'share',
  'link-loss': 'percent',
  'unrecovered-loss': 'percent',
  'rtp-loss': 'percent',
  discards: 'decimal',
  'not-live': 'count',
  'source-down': 'count',
  'off-air': 'count',
  stalled: 'count',
  flapping: 'count',
  'frame-errors': 'decimal',
  'bitrate-low': 'decimal',
  'bitrate-high': 'decimal',
  'forward-failing': 'count',
  'reader-discards': 'count',
  'server-unreachable': 'count',
  'list-missing': 'count',
  'no-data': 'count',
  'cpu-high': 'percent',
  'memory-high': 'percent',
  'disk-high': 'percent',
};

/** Says what is wrong, with what was measured. */
export function reasonText({ code, measured, limit }: Reason, texts: Texts, format: Format): string {
  // A code that a newer collector may send.
  if (!Object.hasOwn(UNITS, code)) return code;
  const write = format[UNITS[code]];
  return texts.reasons[code]({ measured: write(measured), limit: write(limit) });
}

/** What a reason is called where there are no numbers of it. */
export function plainReason(code: ReasonCode, texts: Texts): string {
  return texts.reasons[code]({ measured: '…', limit: '…' });
}

/** The same with what MediaMTX itself says of it, which is anybody's text. */
export function reasonTitle(reason: Reason, texts: Texts, format: Format): string {
  const text = reasonText(reason, texts, format);
  return reason.detail == null || reason.detail === '' ? text : `${text}: ${reason.detail}`;
}

/** A piece of evidence as a sentence. */
export function evidenceText(evidence: Evidence, texts: Texts, format: Format): string {
  const text = texts.evidence;
  const { count, percent, decimal } = format;
  switch (evidence.code) {
    case 'server-status':
      return sentence(`MediaMTX ${texts.serverProblems[evidence.problem]}`);
    case 'server-stale':
      return text.serverStale;
    case 'connections-unknown':
      return text.connectionsUnknown;
    case 'connections-missing':
      return text.connectionsMissing;
    case 'arriving':
      // A state that a newer collector may send.
      return text.arriving[Object.hasOwn(text.arriving, evidence.state) ? evidence.state : 'unknown'];
    case 'was-stalled':
      return text.wasStalled;
    case 'no-viewers':
      return text.noViewers;
    case 'reason':
      return sentence(reasonTitle(evidence.reason, texts, format));
    case 'others-ill':
      return text.othersIll(count(evidence.count), count(evidence.total));
    case 'others-well':
      if (evidence.total === 0) return text.onlyStream;
      return evidence.total === 1 ? text.otherWell : text.othersWell(count(evidence.total));
    case 'host-load': {
      const { kind, mount, percent: used } = evidence.load;
      return text.hostLoad[kind](percent(used), mount ?? '');
    }
    case 'host-inbound-drops':
      return text.hostInboundDrops(decimal(evidence.perSecond));
    case 'host-outbound-drops':
      return text.hostOutboundDrops(decimal(evidence.perSecond));
    case 'viewers-ill':
      return text.viewersIll(count(evidence.count), count(evidence.total));
    case 'viewers-well':
      if (evidence.count < evidence.total) return text.someWell(count(evidence.count), count(evidence.total));
      return evidence.total === 1 ? text.viewerWell : text.viewersWell(count(evidence.total));
    case 'viewers-unknown':
      return text.viewersUnknown(count(evidence.count));
    case 'viewer':
      return viewerText(evidence.connection, texts, format);
  }
}

function viewerText(connection: ConnectionRecord, texts: Texts, format: Format): string {
  const reasons = worstFirst(connection.reasons)
    .map((reason) => reasonText(reason, texts, format))
    .join('; ');
  return `${who(connection, texts)} (${protocolName(connection.protocol)}): ${reasons}`;
}

/** Whom people would know a connection by. */
export function who(
  { user, remoteAddr }: Pick<ConnectionRecord, 'user' | 'remoteAddr'>,
  texts: Texts,
): string {
  const address = remoteAddr === null ? texts.connections.hidden : shownAddress(remoteAddr);
  return user === null || user === '' ? address : `${user}, ${address}`;
}

function sentence(text: string): string {
  return `${text}.`;
}
