import type { EventsQuery } from '@mediamtx-monitor/client';
import type { EventType } from '@mediamtx-monitor/types';
import type { PastView } from '../data/past-view.ts';
import type { StreamId, ViewFilter } from '../data/view.ts';
import { type Story, USUAL_KINDS } from './story.ts';

/** Which stories are wanted. */
export type StoryChoice = Pick<PastView, 'kinds' | 'severity'> & Pick<ViewFilter, 'q' | 'server'>;

/** What the API is asked, whatever the time. */
export type EventQuestion = Pick<EventsQuery, 'server' | 'label' | 'stream' | 'type' | 'role'>;

const OF_SERVERS: readonly EventType[] = [
  'server.unreachable',
  'server.reachable',
  'server.restarted',
  'server.unobserved',
  'events.trimmed',
];
const OF_SILENCES: readonly EventType[] = ['silence.added', 'silence.ended'];
/** The longest glob that the API takes. */
const MAX_GLOB = 200;

/** What has to be asked for the stories of one stream: its events, and those of its server. */
export function questionsOfStream(
  { server, name }: StreamId,
  { kinds }: StoryChoice,
): readonly EventQuestion[] {
  return [
    { server, stream: exactGlob(name), ...roleOf(kinds) },
    { server, type: [...OF_SERVERS, ...OF_SILENCES] },
  ];
}

/** Those on the page of a stream: of silences that one of its own, and of all that is on its server. */
export function storiesOfStream(
  stories: readonly Story[],
  { name }: Pick<StreamId, 'name'>,
): readonly Story[] {
  return stories.filter(({ stream, events: [first] }) => {
    if (first?.type === 'silence.ended') return false;
    return first?.type !== 'silence.added' || stream === name || first.match === null;
  });
}

/** The same for those of many. @param label labels that their servers have to have */
export function questionsOf(
  { kinds, server, q }: StoryChoice,
  label: readonly string[] = [],
): readonly EventQuestion[] {
  const [only] = server;
  const of = {
    ...(server.length === 1 && only !== undefined && { server: only }),
    ...(label.length > 0 && { label }),
  };
  const stream = searchGlob(q.trim());
  if (stream === null) return [{ ...of, ...roleOf(kinds) }];
  return [
    { ...of, stream, ...roleOf(kinds) },
    { ...of, type: OF_SERVERS },
  ];
}

function roleOf(kinds: StoryChoice['kinds']): Pick<EventQuestion, 'role'> {
  return kinds.includes('viewers') ? {} : { role: 'publish' };
}

/** A glob for this name only. */
export function exactGlob(name: string): string {
  return Array.from(name, escaped).join('');
}

/** A glob for names that contain a text, in any letter case; `null` for none, and where it would be too long. */
export function searchGlob(text: string): string | null {
  if (text === '') return null;
  const glob = `{,**/}*${Array.from(text, eitherCase).join('')}*{,/**}`;
  return glob.length > MAX_GLOB ? null : glob;
}

function eitherCase(character: string): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  if (lower !== upper && lower.length === upper.length) return `{${lower},${upper}}`;
  return escaped(character);
}

function escaped(character: string): string {
  return /[\\*?{},]/.test(character) ? `\\${character}` : character;
}

/**
 * Those that are wanted. That events were lost is always told; and what happened to a server, where something is told of a
 * stream of it that is searched for.
 */
export function chosenStories(stories: readonly Story[], choice: StoryChoice): readonly Story[] {
  const { kinds, severity, server, q } = choice;
  const wanted = kinds.length === 0 ? USUAL_KINDS : kinds;
  const text = q.trim().toLowerCase();
  const found = (story: Story): boolean => story.stream?.toLowerCase().includes(text) === true;
  const isFound = (story: Story): boolean => found(story) || story.parts.some(found);
  const servers = new Set(stories.filter(isFound).map((story) => story.server));
  return stories.filter((story) => {
    if (server.length > 0 && !server.includes(story.server)) return false;
    if (text !== '' && !(isFound(story) || (story.kind === 'servers' && servers.has(story.server))))
      return false;
    if (isLoss(story)) return true;
    return wanted.includes(story.kind) && (severity.length === 0 || severity.includes(story.severity));
  });
}

function isLoss({ events: [first] }: Story): boolean {
  return first?.type === 'events.trimmed';
}
