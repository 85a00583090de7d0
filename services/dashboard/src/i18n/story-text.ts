import { happenedMs, isUnseen } from '@mediamtx-monitor/model';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { type EventWords, eventText, reasonList } from './event-text.ts';
import { type EventOf, notBackCount, type Story } from '../model/story.ts';

/** A step of a story, as it is told. */
export interface StoryStep {
  /** Unix ms; what it is known by. */
  readonly ms: number;
  readonly key: string;
  /** When that was: the time of day, with the day where it isn't that of the story. */
  readonly time: string;
  readonly text: string;
}

/** Steps of the line that tells a story; more than that nobody reads. */
const MAX_STEPS = 5;

/** Everything that is known of a story, in order. @param dayMs a time of the day that needn't be said */
export function storySteps(story: Story, words: EventWords, dayMs: number): readonly StoryStep[] {
  return story.events.flatMap((event) => stepsOf(event, story, words, dayMs));
}

/** A story in a line: what it consists of, without what comes along with that. */
export function storyChain(story: Story, words: EventWords, dayMs: number): readonly StoryStep[] {
  if (story.events.length === 0) return massChain(story, words, dayMs);
  const main = story.events.filter((event) => isMain(event, story));
  const end = main.findLast(({ type }) => type === 'server.reachable') ?? main.at(-1);
  const told = main.flatMap((event) => {
    const steps = stepsOf(event, story, words, dayMs);
    return event === end
      ? steps.map((step) => (step.key === event.id ? withLength(step, event, story, words) : step))
      : steps;
  });
  if (told.length <= MAX_STEPS) return told;
  const gap = { ms: 0, key: 'gap', time: '', text: '…' };
  return [...told.slice(0, 2), gap, ...told.slice(2 - MAX_STEPS + 1)];
}

/** Outages that began together, and when the last of them was over. */
function massChain(
  { id, beganMs, endedMs, lastedMs }: Story,
  { texts, format }: EventWords,
  dayMs: number,
): readonly StoryStep[] {
  const step = (ms: number, key: string, text: string): StoryStep => ({
    ms,
    key,
    time: momentText(ms, dayMs, format),
    text,
  });
  const beginning = step(beganMs, `${id} together`, texts.story.together);
  if (endedMs === null) return [beginning];
  const length = texts.story.after(format.duration(lastedMs ?? 0));
  return [beginning, step(endedMs, `${id} back`, `${texts.story.allBack}, ${length}`)];
}

/** What a story is about, by its name. @param hasManyServers whether the server has to be said */
export function storySubject(
  { server, stream, host }: Story,
  { texts }: EventWords,
  hasManyServers: boolean,
): string {
  if (host !== null) return texts.story.host(host);
  if (stream !== null) return hasManyServers ? `${server} / ${stream}` : stream;
  return server === '' ? texts.story.fleet : texts.story.server(server);
}

/** How long it goes on by now, or which of its streams aren't back, or that nobody knows how it ended; `null` of what is over. */
export function storyCourse(
  story: Story,
  { texts, format }: EventWords,
  asOf: { readonly ms: number; readonly isNow: boolean },
): string | null {
  const { course, beganMs, isCut } = story;
  if (course === 'lost') return texts.story.endLost;
  if (course !== 'open') return null;
  if (!asOf.isNow) return texts.story.notOverBy(momentText(asOf.ms, beganMs, format));
  const notBack = notBackCount(story);
  if (notBack > 0) return texts.story.notBack(notBack, format.count(notBack));
  return isCut ? null : texts.story.openSince(format.duration(asOf.ms - beganMs));
}

/** The time of day; with the day where that is another than the one it is looked at from. */
function momentText(ms: number, fromMs: number, format: EventWords['format']): string {
  return format.namedDay(ms) === format.namedDay(fromMs) ? format.clock(ms) : format.moment(ms);
}

/** What an event tells: something that happened; of some, its beginning before that. */
function stepsOf(event: MonitorEvent, story: Story, words: EventWords, dayMs: number): readonly StoryStep[] {
  const { texts, format } = words;
  const at = (ms: number): string => momentText(ms, dayMs, format);
  const ms = happenedMs(event);
  const { type, id, unseenSince } = event;
  const text = eventText(event, story.events, words);
  if (type === 'alert.firing' && story.kind === 'alerts' && event === story.events[0]) {
    const fired = { ms, key: id, time: at(ms), text };
    // It is told only after a while that something is wrong.
    return story.beganMs === ms ? [fired] : [beginningOf(event, story, words, at), fired];
  }
  if (type !== 'server.unobserved') {
    return [{ ms, key: id, time: isUnseen(event) ? texts.story.by(at(ms)) : at(ms), text }];
  }
  const seen = { ms, key: id, time: at(ms), text };
  if (unseenSince === null) return [seen];
  const beganMs = Date.parse(unseenSince);
  return [{ ms: beganMs, key: `${id} before`, time: at(beganMs), text: texts.story.unobserved }, seen];
}

/** What is wrong, when that began. */
function beginningOf(
  { id, reasons }: EventOf<'alert.firing'>,
  { beganMs }: Story,
  words: EventWords,
  at: (ms: number) => string,
): StoryStep {
  return { ms: beganMs, key: `${id} before`, time: at(beganMs), text: reasonList(reasons, words) };
}

function isMain({ type }: MonitorEvent, { kind, events }: Story): boolean {
  if (type.startsWith('connection.'))
    return kind === 'viewers' || events.every((one) => one.type.startsWith('connection.'));
  if (type === 'stream.health') return kind === 'health';
  if (type.startsWith('alert.')) return kind === 'alerts';
  return true;
}

function withLength(
  step: StoryStep,
  end: MonitorEvent,
  { kind, lastedMs, events }: Story,
  { texts, format }: EventWords,
): StoryStep {
  if (lastedMs === null || events[0]?.type === 'events.trimmed') return step;
  const isGap = kind === 'outages' || kind === 'restarts';
  const time = format.duration(lastedMs);
  const gap = isUnseen(end) ? texts.story.gapAtMost : texts.story.gap;
  const length = (isGap ? gap : texts.story.after)(time);
  return { ...step, text: `${step.text}, ${length}` };
}
