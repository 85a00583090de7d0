import { quietWords, fleetTroubleWords, type Telling } from '../i18n/fleet-trouble-words.ts';
import { countSubjects, subjectOf } from '../model/fleet-trouble.ts';
import { toldTrouble, type Truth } from '../model/truth.ts';

/** The truth as it is read out: how bad it is, and with the first name. */
export function spokenTruth(truth: Truth, telling: Telling): string {
  const { texts } = telling;
  if (truth.kind === 'outdated') return texts.link.lost;
  const sentence = truthWords(truth, telling, null);
  if (truth.kind !== 'attention') return sentence;
  const spoken = `${texts.healths[truth.severity]}. ${sentence}`;
  const [trouble] = truth.troubles;
  const [stream] = truth.streams;
  if (truth.isOfStreams) {
    return stream === undefined ? spoken : `${spoken}: ${stream.label}`;
  }
  // The sentence of a single one has its name.
  return trouble === undefined || toldTrouble(truth) !== undefined
    ? spoken
    : `${spoken}: ${subjectOf(trouble)}`;
}

/** The truth as a sentence. @param leastAge age of the newest data, written; `null` when none is known */
export function truthWords(truth: Truth, telling: Telling, leastAge: string | null): string {
  const { texts, format } = telling;
  const words = texts.truth;
  switch (truth.kind) {
    case 'attention': {
      const { troubles, streams, isOfStreams } = truth;
      if (isOfStreams) return words.streams(streams.length, format.count(streams.length));
      const told = toldTrouble(truth);
      const subjects = countSubjects(troubles);
      return told === undefined
        ? texts.fleet.subjects(subjects, format.count(subjects))
        : fleetTroubleWords(told, telling);
    }
    case 'outdated':
      return words.outdated(leastAge);
    case 'unsure': {
      const [silent] = truth.silent;
      return silent === undefined
        ? words.unsure(truth.unknown, format.count(truth.unknown))
        : quietWords(silent, telling);
    }
    case 'connecting':
    case 'unconnected':
    case 'refused':
    case 'empty':
    case 'well':
      return words[truth.kind];
  }
}
