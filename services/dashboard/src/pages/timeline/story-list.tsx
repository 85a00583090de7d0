import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isLaterEvent } from '@mediamtx-monitor/types';
import { isNotBack, type Story } from '../../model/story.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { NoAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';
import { SCROLLER_ID } from '../../ui/layout.ts';
import { StoryEntry } from './story-entry.tsx';
import type { ShownStories } from './use-stories.ts';

interface StoryListProps {
  readonly shown: ShownStories;
  /** The moment that is looked for, Unix ms. */
  readonly atMs: number | null;
  /** The stream whose page it is on. */
  readonly ofStream: string | null;
  /** Level of its headings. */
  readonly level: 3 | 4;
}

/** Stories, the newest first, by day; on top what is still going on. */
export function StoryList({ shown, atMs, ofStream, level }: StoryListProps) {
  const { format } = useDashboard();
  const texts = useAllTexts();
  const text = texts.timeline;
  const list = useRef<HTMLDivElement>(null);
  const { read, error, askAgain } = shown;
  const { stories, held, show } = useHeld(shown, list);
  if (read === undefined) {
    if (error !== undefined) return <NoAnswer error={error} askAgain={askAgain} />;
    return <p class="muted story-wait">{texts.past.waiting}</p>;
  }
  const isNow = !read.hasNewer;
  const lastMs = Date.parse(read.events.at(-1)?.at ?? '');
  const asOf = { ms: isNow || Number.isNaN(lastMs) ? read.asOfMs : lastMs, isNow };
  const isOngoing = (story: Story): boolean => isNow && isNotBack(story);
  const ongoing = stories.filter(isOngoing);
  const over = stories.filter((story) => !isOngoing(story));
  const days = byDay(over, format.value.namedDay);
  const moment = atMs !== null && <Moment key="moment" atMs={atMs} isShown={ofStream === null} />;
  // The moment lies before the first that had begun by then, or below all that is known.
  const reached = over.find(({ beganMs }) => atMs !== null && beganMs <= atMs);
  const entry = (story: Story): ComponentChild => (
    <StoryEntry
      key={story.id}
      story={story}
      asOf={asOf}
      isAt={atMs !== null && isDuring(story, atMs)}
      dayMs={isOngoing(story) ? asOf.ms : story.beganMs}
      ofStream={ofStream}
    />
  );
  const firstMs = Date.parse(read.events[0]?.at ?? '');
  return (
    <div class="story-list" ref={list}>
      {error !== undefined && <p class="words-warning">{text.outdated}</p>}
      <p class="story-new" role="status">
        {held > 0 && (
          <button type="button" class="button button-main" onClick={show}>
            {text.isNew(held, format.value.count(held))}
          </button>
        )}
      </p>
      {!isNow && (
        <button type="button" class="button" disabled={shown.isAsking} onClick={shown.newer}>
          {shown.isAsking ? text.asking : text.newer}
        </button>
      )}
      {ongoing.length > 0 && (
        <section class="story-day story-ongoing">
          <Heading level={level}>{text.ongoing}</Heading>
          <ul>{ongoing.map(entry)}</ul>
        </section>
      )}
      {days.map(({ day, stories: some }) => (
        <section class="story-day" key={day}>
          <Heading level={level}>{day}</Heading>
          <ul>{some.map((story) => (story === reached ? [moment, entry(story)] : entry(story)))}</ul>
        </section>
      ))}
      {moment !== false && reached === undefined && <ul>{moment}</ul>}
      {stories.length === 0 && (
        <p class="muted">
          {Number.isNaN(firstMs) ? text.nothing : text.nothingSince(format.value.moment(firstMs))}
        </p>
      )}
      <p class="story-end">
        {read.hasOlder && (
          <button type="button" class="button" disabled={shown.isAsking} onClick={shown.older}>
            {shown.isAsking ? text.asking : text.older}
          </button>
        )}
        {!Number.isNaN(firstMs) && (
          <span class="muted">{(read.hasOlder ? text.reach : text.kept)(format.value.moment(firstMs))}</span>
        )}
      </p>
    </div>
  );
}

function Heading({ level, children }: { readonly level: 3 | 4; readonly children: ComponentChild }) {
  return level === 3 ? <h3>{children}</h3> : <h4>{children}</h4>;
}

interface MomentProps {
  readonly atMs: number;
  /** It comes into view: on a page that shows nothing else. */
  readonly isShown: boolean;
}

/** A line that says which moment it is. */
function Moment({ atMs, isShown }: MomentProps) {
  const { format } = useDashboard();
  const texts = useAllTexts();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isShown) line.current?.scrollIntoView({ block: 'center' });
  }, [atMs, isShown]);
  return (
    <li class="story-moment" ref={line}>
      <time dateTime={new Date(atMs).toISOString()}>
        {texts.timeline.aroundTime(format.value.moment(atMs))}
      </time>
    </li>
  );
}

function isDuring({ beganMs, endedMs, course }: Story, atMs: number): boolean {
  return beganMs <= atMs && (course === 'open' || (endedMs ?? beganMs) >= atMs);
}

function byDay(
  stories: readonly Story[],
  dayOf: (ms: number) => string,
): readonly { readonly day: string; readonly stories: readonly Story[] }[] {
  const days = new Map<string, Story[]>();
  for (const story of stories) {
    const day = dayOf(story.beganMs);
    days.set(day, [...(days.get(day) ?? []), story]);
  }
  return [...days].map(([day, some]) => ({ day, stories: some }));
}

/** While somebody reads, what is new waits until it is asked for, so that nothing moves. */
function useHeld({ stories, read }: ShownStories, list: { readonly current: HTMLElement | null }) {
  /** The newest event that is shown; none before the list has come to now. */
  const [upTo, setUpTo] = useState<string>();
  const newest = read?.hasNewer === false ? read.events.at(-1)?.id : undefined;
  const isNew = ({ id }: Story): boolean =>
    upTo !== undefined && newest !== undefined && isLaterEvent(id, upTo);
  const held = stories.filter(isNew).length;
  const show = (): void => {
    setUpTo(newest);
  };
  useEffect(() => {
    if (held === 0 || !isRead(list.current)) show();
  }, [newest]);
  return { stories: held === 0 ? stories : stories.filter((story) => !isNew(story)), held, show };
}

/** Whether somebody is in the middle of a list. */
function isRead(list: HTMLElement | null): boolean {
  if (list === null) return false;
  const top = document.getElementById(SCROLLER_ID)?.getBoundingClientRect().top ?? 0;
  return (
    list.getBoundingClientRect().top < top ||
    list.contains(document.activeElement) ||
    list.querySelector('details[open]') !== null
  );
}
