import { secondsBetween } from '@mediamtx-monitor/model';
import { EVENT_SEVERITIES } from '@mediamtx-monitor/types';
import type { Story } from './story.ts';
import { NEAR_MS } from './story-times.ts';

/** Fewer streams that go at the same time go by chance: as many make the server suspected on a stream's page, too. */
const MIN_STREAMS = 4;

/**
 * Puts outages of streams of one server together that began at the same time, though nothing is told of the server: they
 * are one story.
 * @param stories none of which is a part of another
 */
export function withMassOutages(stories: readonly Story[]): readonly Story[] {
  const outages = stories.filter(({ kind, stream }) => kind === 'outages' && stream !== null);
  const groups: Story[][] = [];
  for (const story of outages.toSorted((a, b) => a.beganMs - b.beganMs)) {
    const group = groups.findLast(([first]) => first?.server === story.server);
    if (group?.[0] !== undefined && story.beganMs - group[0].beganMs <= NEAR_MS) group.push(story);
    else groups.push([story]);
  }
  const masses = groups.filter((group) => new Set(group.map(({ stream }) => stream)).size >= MIN_STREAMS);
  const taken = new Set(masses.flat());
  return [...stories.filter((story) => !taken.has(story)), ...masses.flatMap(massOutage)];
}

function massOutage(parts: readonly Story[]): readonly Story[] {
  const [first] = parts;
  if (first === undefined) return [];
  const courses = parts.map(({ course }) => course);
  const course = courses.includes('open') ? 'open' : courses.includes('lost') ? 'lost' : 'over';
  const endedMs = course === 'over' ? Math.max(...parts.map((part) => part.endedMs ?? part.beganMs)) : null;
  const worst = Math.max(...parts.map(({ severity }) => EVENT_SEVERITIES.indexOf(severity)));
  return [
    {
      id: first.id,
      kind: 'outages',
      server: first.server,
      stream: null,
      host: null,
      severity: EVENT_SEVERITIES[worst] ?? first.severity,
      beganMs: first.beganMs,
      isCut: false,
      course,
      endedMs,
      lastedMs: endedMs === null ? null : secondsBetween(first.beganMs, endedMs) * 1_000,
      events: [],
      parts,
    },
  ];
}
