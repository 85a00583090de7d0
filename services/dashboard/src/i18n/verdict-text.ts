import type { Cause, Evidence } from '@mediamtx-monitor/model';
import type { Texts } from './en/index.ts';
import type { Format } from './format.ts';
import { evidenceText, reasonText } from './reason-text.ts';
import type { Affected, StreamVerdict } from '../model/verdict.ts';

/** What is wrong, in one sentence. */
export function headlineText(
  cause: Cause,
  { kind, lead }: StreamVerdict,
  texts: Texts,
  format: Format,
): string {
  for (const one of cause.evidence) {
    if (one.code === 'server-status') return texts.verdict.serverIs(texts.serverProblems[one.problem]);
    if (kind === 'viewers' && one.code === 'viewers-ill')
      return withoutStop(evidenceText(one, texts, format));
  }
  return lead === null ? texts.causes[cause.site] : reasonText(lead, texts, format);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** Who suffers, in words. */
export function affectedText(affected: Affected, { affected: text }: Texts, { count }: Format): string {
  switch (affected.who) {
    case 'all':
    case 'watched':
      return text[affected.who](count(affected.count));
    case 'some':
      return text.some(count(affected.count), count(affected.total));
    case 'nobody':
    case 'anyone':
    case 'elsewhere':
    case 'unknown':
      return text[affected.who];
  }
}

/** What says that not all is known: without trouble there is nothing else to say. */
const DOUBTS: readonly Evidence['code'][] = ['connections-unknown', 'connections-missing', 'viewers-unknown'];

/** What the headline or the chain says. */
const TOLD_ELSEWHERE: readonly Evidence['code'][] = ['server-status', 'server-stale', 'no-viewers'];

/**
 * What is to be said beside the headline: no more than what it doesn't say already.
 * @returns without trouble only what isn't known
 */
export function remainingEvidence(
  { site, evidence }: Cause,
  { kind, lead }: StreamVerdict,
): readonly Evidence[] {
  if (site === 'none') return evidence.filter(({ code }) => DOUBTS.includes(code));
  return evidence.filter((one) => {
    if (TOLD_ELSEWHERE.includes(one.code) || (site === 'rest' && one.code === 'arriving')) return false;
    if (kind === 'viewers' && one.code === 'viewers-ill') return false;
    // What MediaMTX says of a reason stands here only.
    return one.code !== 'reason' || one.reason.code !== lead?.code || (one.reason.detail ?? '') !== '';
  });
}
