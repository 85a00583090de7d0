import { type Evidence, worstFirst } from '@mediamtx-monitor/model';
import type { ConnectionRecord, Reason, ReasonCode } from '@mediamtx-monitor/types';
import type { Texts } from './en.ts';
import type { Format } from './format.ts';
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
};

/** Says what is wrong, with what was measured. */
export function reasonWords({ code, measured, limit }: Reason, texts: Texts, format: Format): string {
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
  const words = reasonWords(reason, texts, format);
  return reason.detail == null || reason.detail === '' ? words : `${words}: ${reason.detail}`;
}

/** A piece of evidence as a sentence. */
export function evidenceWords(evidence: Evidence, texts: Texts, format: Format): string {
  const words = texts.evidence;
  const { count, percent, decimal } = format;
  switch (evidence.code) {
    case 'server-status':
      return sentence(`MediaMTX ${texts.serverProblems[evidence.problem]}`);
    case 'server-stale':
      return words.serverStale;
    case 'connections-unknown':
      return words.connectionsUnknown;
    case 'connections-missing':
      return words.connectionsMissing;
    case 'arriving':
      // A state that a newer collector may send.
      return words.arriving[Object.hasOwn(words.arriving, evidence.state) ? evidence.state : 'unknown'];
    case 'was-stalled':
      return words.wasStalled;
    case 'no-viewers':
      return words.noViewers;
    case 'reason':
      return sentence(reasonTitle(evidence.reason, texts, format));
    case 'others-ill':
      return words.othersIll(count(evidence.count), count(evidence.total));
    case 'others-well':
      if (evidence.total === 0) return words.onlyStream;
      return evidence.total === 1 ? words.otherWell : words.othersWell(count(evidence.total));
    case 'host-load': {
      const { kind, mount, percent: used } = evidence.load;
      return words.hostLoad[kind](percent(used), mount ?? '');
    }
    case 'host-inbound-drops':
      return words.hostInboundDrops(decimal(evidence.perSecond));
    case 'host-outbound-drops':
      return words.hostOutboundDrops(decimal(evidence.perSecond));
    case 'viewers-ill':
      return words.viewersIll(count(evidence.count), count(evidence.total));
    case 'viewers-well':
      if (evidence.count < evidence.total)
        return words.someWell(count(evidence.count), count(evidence.total));
      return evidence.total === 1 ? words.viewerWell : words.viewersWell(count(evidence.total));
    case 'viewers-unknown':
      return words.viewersUnknown(count(evidence.count));
    case 'viewer':
      return viewerWords(evidence.connection, texts, format);
  }
}

function viewerWords(connection: ConnectionRecord, texts: Texts, format: Format): string {
  const reasons = worstFirst(connection.reasons)
    .map((reason) => reasonWords(reason, texts, format))
    .join('; ');
  return `${who(connection, texts)} (${protocolName(connection.protocol)}): ${reasons}`;
}

/** Whom people would know a connection by. */
export function who(
  { user, remoteAddr }: Pick<ConnectionRecord, 'user' | 'remoteAddr'>,
  texts: Texts,
): string {
  const address = remoteAddr ?? texts.connections.hidden;
  return user === null || user === '' ? address : `${user}, ${address}`;
}

function sentence(text: string): string {
  return `${text}.`;
}
