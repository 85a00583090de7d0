import type { Texts } from './en.ts';
import type { Format } from './format.ts';
import { reasonWords } from './reason-words.ts';
import type { Alarm } from '../model/alarms.ts';
import { countSubjects, type FleetTrouble, type Silence, subjectOf } from '../model/fleet-trouble.ts';
import { toldTrouble, type Truth } from '../model/truth.ts';

/** What a sentence about servers needs beside them. */
export interface Telling {
  readonly texts: Texts;
  readonly format: Format;
  /** Whether servers have to be told apart. */
  readonly hasManyServers: boolean;
  /** How long nothing was heard of a server, written; `null` where it isn't known, or shouldn't be said. */
  readonly ageOf: (server: string) => string | null;
}

/** What is wrong with a server or machine, with its name. */
export function fleetTroubleWords(trouble: FleetTrouble, telling: Telling): string {
  const { texts, format, ageOf } = telling;
  const words = texts.fleet;
  switch (trouble.code) {
    case 'server-unreachable':
      return words.unreachable(trouble.server, texts.serverProblems[trouble.problem]);
    case 'list-missing':
      return words.unread(trouble.server, format.list(trouble.lists));
    case 'told':
      return words.told(trouble.server, reasonWords(trouble.reason, texts, format));
    case 'no-data': {
      const { server, host, severity } = trouble;
      if (severity === 'warning') return silentWords(server, telling);
      return host === null
        ? words.noNews(server, ageOf(server))
        : words.noNewsNorHost(server, host, ageOf(server));
    }
    case 'host-load': {
      const loads = trouble.loads.map(({ kind, mount, percent }) =>
        words.loads[kind](format.percent(percent), mount ?? ''),
      );
      return words.host(trouble.host, format.list(loads));
    }
  }
}

/** That nothing is heard of a server, as bad as that is by now. */
export function silenceWords(server: string, { level, host }: Silence, telling: Telling): string {
  if (level === 'quiet') return quietWords(server, telling);
  return fleetTroubleWords({ code: 'no-data', server, host, severity: level }, telling);
}

/** That nothing is heard of a server, which needn't mean anything yet. */
export function quietWords(server: string, telling: Telling): string {
  return telling.texts.fleet.mayBeFine(silentWords(server, telling));
}

function silentWords(server: string, { texts, hasManyServers, ageOf }: Telling): string {
  return texts.fleet.silent(hasManyServers ? server : null, ageOf(server));
}

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

/** Lines of a notification; more than that nobody reads. */
const LINES = 4;

/** Title and text of a notification. @param news the worst first */
export function alertWords(news: readonly Alarm[], telling: Telling): [title: string, body: string] {
  const { texts, format } = telling;
  const lines = news.map((alarm) => lineOf(alarm, telling));
  const more = lines.length - LINES;
  const shown = more > 0 ? [...lines.slice(0, LINES), texts.truth.more(format.count(more))] : lines;
  const isOfStreams = news[0]?.kind === 'stream';
  const subjects = new Set(
    news.filter(({ kind }) => (kind === 'stream') === isOfStreams).map(({ subject }) => subject),
  );
  const count = format.count(subjects.size);
  const title = isOfStreams
    ? texts.truth.streams(subjects.size, count)
    : texts.fleet.subjects(subjects.size, count);
  return [title, shown.join('\n')];
}

function lineOf(alarm: Alarm, telling: Telling): string {
  if (alarm.kind === 'fleet') return fleetTroubleWords(alarm.trouble, telling);
  const name = alarm.listed.label;
  return alarm.reason === undefined
    ? name
    : `${name}: ${reasonWords(alarm.reason, telling.texts, telling.format)}`;
}
