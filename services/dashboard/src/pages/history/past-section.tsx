import type { MonitorEvent } from '@mediamtx-monitor/types';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Range } from '../../data/view.ts';
import { type ChartSpan, spanOf, zoomed } from '../../model/chart-span.ts';
import { type EventMark, eventMarks, markNear } from '../../model/event-marks.ts';
import { outagesOf } from '../../model/ribbon-times.ts';
import { storiesOf } from '../../model/stories.ts';
import { unseenTimes } from '../../model/unseen.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { NoAnswer } from '../../ui/answer.tsx';
import { EventList } from './event-list.tsx';
import { PastCharts } from './past-charts.tsx';
import { GoTo, PastHead } from './past-head.tsx';
import { StateLane } from './state-lane.tsx';
import { type PastSubject, subjectKey } from './subject.ts';
import { usePast, usePastEvents } from './use-past.ts';

interface PastSectionProps {
  /** The first is what the page is about; another one is shown on the same axes. */
  readonly subjects: readonly PastSubject[];
  readonly range: Range;
  /** Whether the page shows what is now, too. */
  readonly hasLive: boolean;
  /** What stands beside the field for a moment. */
  readonly children?: ComponentChildren;
}

/** How something was: what is shown of it, its state and events, a chart for each number. */
export function PastSection(props: PastSectionProps) {
  const { subjects, range, hasLive, children } = props;
  const { at, zoom } = useDashboard().view.value;
  const top = useRef<HTMLDivElement>(null);
  // Who follows a link to a moment wants to see that, not what is now, which stands above it.
  useLayoutEffect(() => {
    if (hasLive && at !== null) top.current?.scrollIntoView({ block: 'start' });
  }, [hasLive, at]);
  // A link to a part of it likewise; who draws one in a chart sees that already.
  useLayoutEffect(() => {
    if (hasLive && zoom !== null) top.current?.scrollIntoView({ block: 'start' });
  }, []);
  // What is looked into belongs to one time of one subject.
  const key = [...subjects.map(subjectKey), range, at].join('\n');
  return (
    <>
      <div class="past-choices" ref={top}>
        <GoTo range={range} />
        {children}
      </div>
      <Past key={key} {...props} />
    </>
  );
}

function Past({ subjects, range, hasLive }: PastSectionProps) {
  const { view, now, go } = useDashboard();
  const text = useAllTexts().history;
  const { at, zoom: drawn } = view.value;
  const [asked] = useState(() => spanOf(range, at, now()));
  const zoom: ChartSpan | null = drawn && { fromMs: drawn[0], toMs: drawn[1] };
  const [pointed, setPointed] = useState<EventMark>();
  const time = { span: zoom ?? asked, isOpen: at === null && zoom === null };
  const { past, askAgain } = usePast(subjects, time);
  const answers = past.map(({ answer }) => answer);
  const span = useMemo(
    () => shownSpan(answers, time.isOpen ? now() : Infinity) ?? time.span,
    [time.span.fromMs, time.span.toMs, ...answers],
  );
  const known = usePastEvents(subjects, time);
  // A moment that is looked at stands in the middle, also where that is just over.
  const seen = { fromMs: span.fromMs, toMs: Math.min(span.toMs, now()) };
  const marks = useMemo(() => eventMarks(known.events, span), [known.events, span.fromMs, span.toMs]);
  const unseen = useMemo(
    () => subjects.map((subject) => unseenOf(subject, known.events, seen)),
    [known.events, seen.fromMs, seen.toMs],
  );
  const stories = useMemo(() => storiesOf(known.events), [known.events]);
  const outages = subjects.map((subject) =>
    subject.kind === 'stream' ? outagesOf(stories, subject, seen.toMs) : [],
  );
  const error = past.find((each) => each.error !== undefined)?.error;
  const isSeveral = subjects.length > 1;
  return (
    <section class="past" aria-label={text.title}>
      <PastHead
        range={range}
        span={span}
        isZoomed={zoom !== null}
        isOpen={time.isOpen}
        hasLive={hasLive}
        stepSeconds={past[0]?.answer?.stepSeconds}
        isLoading={past[0]?.answer === undefined && error === undefined}
        onWhole={() => {
          go({ zoom: null });
        }}
      />
      {error !== undefined && <NoAnswer error={error} askAgain={askAgain} />}
      <StateLane
        subjects={subjects}
        answers={answers}
        unseen={unseen}
        outages={outages}
        span={span}
        knownToMs={seen.toMs}
        at={at}
        marks={marks}
        pointed={marks.find((mark) => mark.atMs === pointed?.atMs)}
        onPoint={setPointed}
        isSeveral={isSeveral}
      />
      <PastCharts
        subjects={subjects}
        past={past}
        beside={{ span, marks, at }}
        onPoint={(ms, withinMs) => {
          const near = markNear(marks, ms, withinMs);
          if (near !== undefined) setPointed(near);
        }}
        onZoom={(fromMs, toMs) => {
          const chosen = zoomed(fromMs, toMs);
          if (chosen !== null) go({ zoom: [chosen.fromMs, chosen.toMs] });
        }}
      />
      <EventList known={known} isSeveral={isSeveral} />
    </section>
  );
}

function unseenOf(
  subject: PastSubject,
  events: readonly MonitorEvent[],
  span: ChartSpan,
): readonly ChartSpan[] {
  // Of hosts no event tells.
  return subject.kind === 'host' ? [] : unseenTimes(events, subject.server, subject.kind === 'stream', span);
}

/** From the first step to the last of all that is known; of a step that isn't over only what is. */
function shownSpan(
  answers: readonly ({ readonly from: string; readonly to: string } | undefined)[],
  nowMs: number,
): ChartSpan | null {
  const there = answers.filter((answer) => answer !== undefined);
  if (there.length === 0) return null;
  return {
    fromMs: Math.min(...there.map(({ from }) => Date.parse(from))),
    toMs: Math.min(nowMs, Math.max(...there.map(({ to }) => Date.parse(to)))),
  };
}
