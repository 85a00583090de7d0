import { type Evidence, worstFirst } from '@mediamtx-monitor/model';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import type { Texts } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';
import { reasonTitle, reasonWords } from '../i18n/reason-words.ts';
import { protocolName } from '../model/protocol.ts';

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
