import type { Texts } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';
import type { Truth } from '../model/truth.ts';

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
    case 'empty':
    case 'well':
      return words[truth.kind];
  }
}
