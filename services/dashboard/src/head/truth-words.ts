import type { Texts } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';
import type { Truth } from '../model/truth.ts';

/** The truth as it is read out: how bad it is, and with the first name. */
export function spokenTruth(truth: Truth, texts: Texts, format: Format): string {
  if (truth.kind === 'outdated') return texts.link.lost;
  const sentence = truthWords(truth, texts, format, null);
  if (truth.kind !== 'attention') return sentence;
  const spoken = `${texts.healths[truth.severity]}. ${sentence}`;
  // The sentence of a single server has its name.
  if (truth.servers.length === 1) return spoken;
  return `${spoken}: ${truth.servers[0]?.server ?? truth.streams[0]?.label ?? ''}`;
}

/** The truth as a sentence. @param age of the newest data, written; `null` when none is known */
export function truthWords(truth: Truth, texts: Texts, format: Format, age: string | null): string {
  const words = texts.truth;
  switch (truth.kind) {
    case 'attention': {
      const [first, ...others] = truth.servers;
      if (first === undefined) return words.streams(truth.streams.length, format.count(truth.streams.length));
      return others.length > 0
        ? words.servers(truth.servers.length, format.count(truth.servers.length))
        : words.server(first.server, texts.serverProblems[first.problem]);
    }
    case 'outdated':
      return words.outdated(age);
    case 'unsure':
      return words.unsure(truth.unknown, format.count(truth.unknown));
    case 'connecting':
    case 'unconnected':
    case 'refused':
    case 'empty':
    case 'well':
      return words[truth.kind];
  }
}
