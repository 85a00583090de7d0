import type { AddressPrivacy } from '@mediamtx-monitor/types';
import type { Answered, PathAnswers, PathDetails } from '../facts.ts';
import { normaliseForward } from './forward.ts';
import { normaliseStaticSource } from './static-source.ts';

/** Real streams have a handful of forwards; each is read, remembered and published, for every stream there is. */
const MAX_FORWARDS = 64;

/** What could be read of answers, by the path's name; an answer that isn't understood counts as none. */
function understood<Raw, Fact>(
  answers: ReadonlyMap<string, Answered<Raw>>,
  read: (raw: Raw, name: string) => Fact | null,
): Map<string, Answered<Fact>> {
  const facts = new Map<string, Answered<Fact>>();
  for (const [name, { fact: raw, receivedAtMs }] of answers) {
    const fact = read(raw, name);
    if (fact !== null) facts.set(name, { fact, receivedAtMs });
  }
  return facts;
}

/** Turns what was told of single paths into facts, without what is secret in it. Pure. */
export function normaliseDetails(answers: PathAnswers, privacy: AddressPrivacy): PathDetails {
  return {
    configurations: answers.configurations,
    sources: understood(answers.sources, (body, name) => normaliseStaticSource(name, body, privacy)),
    forwards: understood(answers.forwards, (items) => {
      const forwards = items.slice(0, MAX_FORWARDS).map((item) => normaliseForward(item, privacy));
      // One that isn't understood makes the others doubtful, too.
      return forwards.every((forward) => forward !== null) ? forwards : null;
    }),
  };
}
