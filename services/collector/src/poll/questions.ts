import type { PathConfigurationFact, PathFact } from '../facts.ts';

/** What is asked of one path, or of what is configured for it. */
export const QUESTION_KINDS = ['configuration', 'source', 'forwards'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** One question beside the lists. */
export interface PathQuestion {
  readonly kind: QuestionKind;
  /** Name of the entry in the configuration (`configuration`) or of the path. */
  readonly subject: string;
}

/** What became of a question when it was asked last. */
export interface Asked {
  readonly atMs: number;
  /** When it was answered last, in whatever way; -Infinity = never. */
  readonly answeredAtMs: number;
  /** Before then it isn't asked again, whatever happens. */
  readonly notBeforeMs: number;
}

/** What is known when the next questions are chosen. */
export interface KnownAnswers {
  /** The kinds that this server answers, as far as is known. */
  readonly kinds: ReadonlySet<QuestionKind>;
  readonly asked: Readonly<Record<QuestionKind, ReadonlyMap<string, Asked>>>;
  readonly configurations: ReadonlyMap<string, PathConfigurationFact>;
  /** Paths that had forwards when they were asked last. */
  readonly withForwards: ReadonlySet<string>;
}

/** So many questions are asked in a tick at most. */
export const MAX_QUESTIONS = 20;
/** So many of them are left to streams that are live, however many aren't. */
const LEFT_TO_LIVE = 4;

export const TEN_MINUTES_MS = 600_000;
/** What MediaMTX is asked about a source that brings its stream. */
const LIVE_SOURCE_MS = 10_000;
/** An on-demand source that nobody wants stays listed for ever where its path is of a regular expression. */
const RESTING_SOURCE_MS = 60_000;
/** Longer names come shortened, and can't be asked for. */
const MAX_NAME = 500;

const isLive = ({ ready, online }: PathFact): boolean => ready && online !== false;
const isStatic = ({ sourceType }: PathFact): boolean => sourceType?.toLowerCase().endsWith('source') === true;

/** The subjects that have waited longest, in that order: as many as can be asked. Takes time in proportion to all. */
function longestWaiting(subjects: Iterable<string>, asked: ReadonlyMap<string, Asked>): string[] {
  const kept: { readonly subject: string; readonly atMs: number }[] = [];
  for (const subject of subjects) {
    const atMs = asked.get(subject)?.atMs ?? -Infinity;
    if (kept.length === MAX_QUESTIONS && atMs >= (kept.at(-1)?.atMs ?? Infinity)) continue;
    const behind = kept.findIndex((other) => other.atMs > atMs);
    kept.splice(behind < 0 ? kept.length : behind, 0, { subject, atMs });
    if (kept.length > MAX_QUESTIONS) kept.pop();
  }
  return kept.map(({ subject }) => subject);
}

/** Takes one question of each queue in turn, up to so many. */
function takeInTurn(queues: readonly PathQuestion[][], most: number): PathQuestion[] {
  const taken: PathQuestion[] = [];
  for (let turn = 0; taken.length < most; turn += 1) {
    const before = taken.length;
    for (const queue of queues) {
      const question = queue[turn];
      if (question !== undefined && taken.length < most) taken.push(question);
    }
    if (taken.length === before) break;
  }
  return taken;
}

/**
 * What to ask in this tick: about what isn't live and isn't known first, the longest not asked first, and no more than
 * {@link MAX_QUESTIONS}. Every entry of the configuration is asked for every ten minutes; a static source each tick
 * while it isn't live, unless it rests, and every 10 s while it is; forwards of each live path every ten minutes, and
 * each tick where there were some. Pure.
 */
export function chooseQuestions(
  paths: readonly PathFact[],
  known: KnownAnswers,
  nowMs: number,
): PathQuestion[] {
  const { kinds, asked, configurations, withForwards } = known;
  const isDue = (kind: QuestionKind, subject: string, everyMs: number): boolean => {
    if (!kinds.has(kind) || subject.length > MAX_NAME) return false;
    const last = asked[kind].get(subject);
    return last === undefined || (nowMs >= last.notBeforeMs && nowMs - last.answeredAtMs >= everyMs);
  };
  const down = { configuration: new Set<string>(), source: new Set<string>() };
  const others = {
    configuration: new Set<string>(),
    source: new Set<string>(),
    forwards: new Set<string>(),
    resting: new Set<string>(),
    perhapsForwards: new Set<string>(),
  };

  for (const path of paths) {
    const { name, confName } = path;
    const live = isLive(path);
    if (confName !== null && isDue('configuration', confName, TEN_MINUTES_MS)) {
      // What is known already isn't urgent.
      (live || configurations.has(confName) ? others : down).configuration.add(confName);
    }
    if (isStatic(path)) {
      const rests = confName !== null && configurations.get(confName)?.sourceOnDemand === true;
      if (live) {
        if (isDue('source', name, LIVE_SOURCE_MS)) others.source.add(name);
      } else if (!rests) {
        if (isDue('source', name, 0)) down.source.add(name);
      } else if (isDue('source', name, RESTING_SOURCE_MS)) others.resting.add(name);
    }
    if (!live) continue;
    if (withForwards.has(name)) {
      if (isDue('forwards', name, 0)) others.forwards.add(name);
    } else if (isDue('forwards', name, TEN_MINUTES_MS)) others.perhapsForwards.add(name);
  }
  for (const confName of down.configuration) others.configuration.delete(confName);

  const queue = (kind: QuestionKind, subjects: Iterable<string>): PathQuestion[] =>
    longestWaiting(subjects, asked[kind]).map((subject) => ({ kind, subject }));
  const first = [queue('configuration', down.configuration), queue('source', down.source)];
  const later = [
    queue('configuration', others.configuration),
    queue('source', others.source),
    queue('forwards', others.forwards),
    queue('forwards', others.perhapsForwards),
    queue('source', others.resting),
  ];
  const waiting = later.reduce((sum, { length }) => sum + length, 0);
  const urgent = takeInTurn(first, MAX_QUESTIONS - Math.min(waiting, LEFT_TO_LIVE));
  return [...urgent, ...takeInTurn(later, MAX_QUESTIONS - urgent.length)];
}
