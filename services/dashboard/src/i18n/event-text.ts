import type { EventReason, MonitorEvent } from '@mediamtx-monitor/types';
import type { AllTexts } from './en/all.ts';
import type { Format } from './format.ts';
import { who } from './reason-text.ts';
import { protocolName } from '../model/protocol.ts';
import { literalName } from '../model/silence-choice.ts';
import { givenComment } from '../model/silence-comment.ts';
import type { EventOf } from '../model/story.ts';
import { stateText } from './stream-text.ts';

/** What a text about events needs. */
export interface EventWords {
  readonly texts: AllTexts;
  readonly format: Format;
}

/** What an event is told with. @param events those of its story, in which it may be another's consequence */
export function eventText(event: MonitorEvent, events: readonly MonitorEvent[], words: EventWords): string {
  const { texts } = words;
  const { story, healths, serverProblems } = texts;
  switch (event.type) {
    case 'stream.online':
      return isAbsence(events) ? story.back : story.online;
    case 'stream.restarted':
      return event.gapMs !== null || isAbsence(events) ? story.back : story.again;
    case 'stream.recovered':
      return story.recovered;
    case 'stream.stalled':
      return story.stalled;
    case 'stream.offline':
      return story.offline(whyOffline(event, events, texts));
    case 'stream.health':
      return event.to === 'ok'
        ? story.well
        : story.ill(stateText(event.to, healths), reasonList(event.reasons, words));
    case 'connection.opened':
      return (event.role === 'publish' ? story.publisherOpened : story.viewerCame)(whoText(event, texts));
    case 'connection.closed':
      return (event.role === 'publish' ? story.publisherLeft : story.viewerLeft)(whoText(event, texts));
    case 'server.unreachable':
      return event.status === 'up' ? event.type : story.unreachable(stateText(event.status, serverProblems));
    case 'server.reachable':
      return story.reachable;
    case 'server.restarted':
      return story.newRun(event.version);
    case 'server.unobserved':
      return event.unseenSince === null ? story.firstLook : story.looksAgain;
    case 'events.trimmed':
      return lossText(event, words);
    case 'alert.firing':
      return story.firing(reasonList(event.reasons, words));
    case 'alert.resolved':
      return story.resolved;
    case 'alert.acknowledged':
      return withComment(story.acknowledged(event.by), event.comment);
    case 'silence.added':
      return silenceText(event, words);
    case 'silence.ended':
      return story.silenceEnded(event.by);
    case 'notification.failed':
      return story.undelivered(event.target, event.error);
  }
}

/** Reasons by their names, as an event has them: without numbers. */
export function reasonList(reasons: readonly EventReason[], { texts, format }: EventWords): string {
  return format.list(reasons.map(({ code }) => stateText(code, texts.story.reasonNames)));
}

function isAbsence(events: readonly MonitorEvent[]): boolean {
  return events.some(({ type }) => type === 'stream.offline' || type === 'stream.stalled');
}

/** Why it isn't live any more, as far as that is known. */
function whyOffline(
  { cause, sourceType }: EventOf<'stream.offline'>,
  events: readonly MonitorEvent[],
  { story }: AllTexts,
): string | null {
  if (cause?.text != null) return cause.text;
  if (cause?.source === 'path-changed') return story.pathChanged;
  if (cause?.source === 'server-restarted') return story.serverRestarted;
  if (events.some((event) => event.type === 'connection.closed' && event.role === 'publish')) {
    return story.publisherGone;
  }
  if (sourceType === null) return null;
  return /(?:conn|session)$/i.test(sourceType) ? story.publisherGone : story.sourceGone;
}

function whoText(event: EventOf<'connection.opened' | 'connection.closed'>, texts: AllTexts): string {
  return `${protocolName(event.protocol)} ${who(event, texts)}`;
}

function silenceText(event: EventOf<'silence.added'>, { texts, format }: EventWords): string {
  const { story } = texts;
  const what = [
    // A stream of its own is what the story is about.
    ...(event.match === null || literalName(event.match) !== null ? [] : [story.silencedWhat(event.match)]),
    ...(event.reason === null ? [] : [stateText(event.reason, story.reasonNames)]),
  ].join(', ');
  const said = story.silenced(event.by, format.moment(Date.parse(event.until)));
  return withComment(what === '' ? said : `${what}: ${said}`, givenComment(event.comment));
}

function lossText(
  { count, since, until, at }: EventOf<'events.trimmed'>,
  { texts, format }: EventWords,
): string {
  const lost = texts.story.trimmed(count, format.count(count));
  const [from, to] = [since ?? at, until].map((iso) => format.moment(Date.parse(iso)));
  return from === undefined || to === undefined || from === to
    ? lost
    : `${lost}, ${texts.story.between(from, to)}`;
}

function withComment(text: string, comment: string | null): string {
  return comment === null || comment === '' ? text : `${text} (${comment})`;
}
