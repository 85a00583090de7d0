import type { Alert, StoredNotification } from '@mediamtx-monitor/types';
import type { TargetMessage } from './model.ts';

/** So many bytes of JSON alerts of each kind take, the worst first. */
const MAX_BYTES_OF_KIND = 16_384;
/** Longer names are cut, in characters. */
const MAX_NAME_LENGTH = 512;
const CUT = '…';

/** What is kept of a message that isn't tried any more, so that it can be sent again: thousands of them have to have room. */
export function deadLetter(message: TargetMessage): Pick<StoredNotification, 'message' | 'leftOutCount'> {
  const { firedCount, repeatedCount, resolvedCount } = message;
  const fired = worstWithin(message.fired);
  const repeated = worstWithin(message.repeated);
  const resolved = worstWithin(message.resolved);
  const toldCount = firedCount + repeatedCount + resolvedCount;
  const leftOutCount = toldCount - fired.length - repeated.length - resolved.length;
  return {
    message: { ...message, fired, repeated, resolved },
    ...(leftOutCount > 0 && { leftOutCount }),
  };
}

function worstWithin(alerts: readonly Alert[]): readonly Alert[] {
  const kept: Alert[] = [];
  let bytes = 0;
  for (const alert of alerts.map(withShortName)) {
    bytes += Buffer.byteLength(JSON.stringify(alert));
    if (bytes > MAX_BYTES_OF_KIND) break;
    kept.push(alert);
  }
  return kept;
}

function withShortName(alert: Alert): Alert {
  const { subject } = alert;
  if (subject.kind !== 'stream' || subject.stream.length <= MAX_NAME_LENGTH) return alert;
  return { ...alert, subject: { ...subject, stream: `${subject.stream.slice(0, MAX_NAME_LENGTH)}${CUT}` } };
}
