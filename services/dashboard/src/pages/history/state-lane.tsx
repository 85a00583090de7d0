import { happenedMs } from '@mediamtx-monitor/model';
import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { useRef } from 'preact/hooks';
import { eventText } from '../../i18n/event-text.ts';
import type { ChartSpan } from '../../model/chart-span.ts';
import type { EventMark } from '../../model/event-marks.ts';
import { historyWords } from '../../model/history-lines.ts';
import { hostPieces, ribbonPieces } from '../../model/ribbon.ts';
import { type TimedPiece, timedGradient, timedPieces, withOutages } from '../../model/ribbon-times.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { nameOf } from './past-charts.tsx';
import { RibbonLegend } from './ribbon-legend.tsx';
import { type PastSubject, subjectKey } from './subject.ts';

interface StateLaneProps {
  readonly subjects: readonly PastSubject[];
  /** What is known of each, in the same order. */
  readonly answers: readonly (HistoryAnswer | undefined)[];
  /** Times in which nobody looked, of each likewise. */
  readonly unseen: readonly (readonly ChartSpan[])[];
  /** Outages as events tell them, of each likewise. */
  readonly outages: readonly (readonly TimedPiece[])[];
  readonly span: ChartSpan;
  /** Where the future begins, if it is within that; else its end. */
  readonly knownToMs: number;
  readonly at: number | null;
  readonly marks: readonly EventMark[];
  readonly pointed: EventMark | undefined;
  readonly onPoint: (mark: EventMark) => void;
  readonly isSeveral: boolean;
}

/** What it was and what happened, on one axis of time. */
export function StateLane(props: StateLaneProps) {
  const { subjects, answers, unseen, outages, span, knownToMs } = props;
  const { at, marks, pointed, onPoint, isSeveral } = props;
  const { format, hasManyServers } = useDashboard();
  const text = useAllTexts().history;
  const isMarked = at !== null && at >= span.fromMs && at <= span.toMs;
  const place = isMarked ? `${((at - span.fromMs) / (span.toMs - span.fromMs)) * 100}%` : '0';
  return (
    <div class="card state-lane">
      <div class="lanes">
        {subjects.map((subject, index) => (
          <div key={subjectKey(subject)}>
            <p class="state-lane-name">{isSeveral ? nameOf(subject, hasManyServers.value) : text.state}</p>
            <Ribbon
              subject={subject}
              answer={answers[index]}
              unseen={unseen[index] ?? []}
              outages={outages[index] ?? []}
              span={{ fromMs: span.fromMs, toMs: knownToMs }}
              width={`${((knownToMs - span.fromMs) / (span.toMs - span.fromMs)) * 100}%`}
            />
          </div>
        ))}
        <Marks marks={marks} pointed={pointed} onPoint={onPoint} />
        {isMarked && <span class="moment" style={{ insetInlineStart: place }} aria-hidden="true" />}
      </div>
      <p class="state-lane-times muted">
        <span>{format.value.moment(span.fromMs)}</span>
        {isMarked && <b>{text.marked(format.value.moment(at))}</b>}
        <span>{format.value.moment(span.toMs)}</span>
      </p>
      <Pointed mark={pointed} hasMarks={marks.length > 0} isSeveral={isSeveral} />
      <RibbonLegend of={subjects[0]?.kind ?? 'stream'} />
    </div>
  );
}

/** Changes that are read out; more would be a list without end. */
const MAX_SAID = 12;

interface RibbonProps {
  readonly subject: PastSubject;
  readonly answer: HistoryAnswer | undefined;
  readonly unseen: readonly ChartSpan[];
  readonly outages: readonly TimedPiece[];
  /** Up to now at most. */
  readonly span: ChartSpan;
  /** How much of the axis that is, for CSS. */
  readonly width: string;
}

function piecesOf(
  { kind }: PastSubject,
  answer: HistoryAnswer,
  outages: readonly TimedPiece[],
  span: ChartSpan,
): readonly TimedPiece[] {
  const healths = historyWords(answer, 'health');
  const pieces = kind === 'host' ? hostPieces(healths) : ribbonPieces(historyWords(answer, 'state'), healths);
  return withOutages(timedPieces(pieces, answer, span.toMs), outages, answer.stepSeconds);
}

function Ribbon({ subject, answer, unseen, outages, span, width }: RibbonProps) {
  const { format } = useDashboard();
  const text = useAllTexts().history;
  const { moment, count } = format.value;
  const pieces = answer === undefined ? [] : piecesOf(subject, answer, outages, span);
  const names = text.piecesOf[subject.kind];
  const said = (piece: TimedPiece): string =>
    text.piece(names[piece.kind], moment(piece.fromMs), moment(piece.toMs));
  const share = (ms: number): string => `${(ms / (span.toMs - span.fromMs)) * 100}%`;
  const more = pieces.length - MAX_SAID;
  const all = [
    ...pieces.slice(-MAX_SAID).map(said),
    ...(more > 0 ? [text.morePieces(count(more))] : []),
    ...unseen
      .slice(-MAX_SAID)
      .map(({ fromMs, toMs }) => text.piece(names.unknown, moment(fromMs), moment(toMs))),
  ].join(', ');
  return (
    <div
      class="ribbon"
      role="img"
      aria-label={text.stateText(all === '' ? text.nothing : all)}
      style={{ backgroundImage: `${timedGradient(pieces, span)}, var(--ribbon-below)`, inlineSize: width }}
    >
      {unseen.map(({ fromMs, toMs }) => (
        <span
          key={fromMs}
          class="ribbon-unseen"
          style={{ insetInlineStart: share(fromMs - span.fromMs), inlineSize: share(toMs - fromMs) }}
        />
      ))}
    </div>
  );
}

type MarksProps = Pick<StateLaneProps, 'marks' | 'pointed' | 'onPoint'>;

/** A mark for what happened; the tab key stops once, arrow keys lead along. */
function Marks({ marks, pointed, onPoint }: MarksProps) {
  const { format } = useDashboard();
  const texts = useAllTexts();
  const text = useAllTexts().history;
  const list = useRef<HTMLUListElement>(null);
  const current = Math.max(0, pointed === undefined ? marks.length - 1 : marks.indexOf(pointed));
  const walk = (event: KeyboardEvent): void => {
    const next = nextMark(event.key, current, marks.length);
    if (next === undefined) return;
    event.preventDefault();
    // The page's own keys walk through a list.
    event.stopPropagation();
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <ul class="event-lane" aria-label={text.events} ref={list}>
      {marks.map((mark, index) => (
        <li key={mark.atMs} style={{ insetInlineStart: `${mark.place * 100}%` }}>
          <button
            type="button"
            class={`event-mark event-mark-${mark.severity}`}
            tabIndex={index === current ? 0 : -1}
            aria-pressed={mark === pointed}
            aria-label={`${format.value.moment(mark.atMs)}: ${markText(mark, (event) => eventText(event, mark.events, { texts, format: format.value }))}`}
            onFocus={() => {
              onPoint(mark);
            }}
            onClick={() => {
              onPoint(mark);
            }}
            onPointerEnter={() => {
              onPoint(mark);
            }}
            onKeyDown={walk}
          />
        </li>
      ))}
    </ul>
  );
}

function nextMark(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, current - 1);
    case 'ArrowRight':
      return Math.min(count - 1, current + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Events of one mark that are told one by one. */
const MAX_TOLD = 3;

function markText({ events }: EventMark, write: (event: EventMark['events'][number]) => string): string {
  const told = events.slice(0, MAX_TOLD).map(write);
  return [...told, ...(events.length > MAX_TOLD ? [`+${events.length - MAX_TOLD}`] : [])].join(' → ');
}

interface PointedProps {
  readonly mark: EventMark | undefined;
  readonly hasMarks: boolean;
  readonly isSeveral: boolean;
}

/** What happened at the mark that was pointed at last; it keeps its place also without one. */
function Pointed({ mark, hasMarks, isSeveral }: PointedProps) {
  const { format, href } = useDashboard();
  const texts = useAllTexts();
  const text = useAllTexts().history;
  if (mark === undefined) return <p class="pointed muted">{hasMarks ? text.eventsHint : text.noEvents}</p>;
  return (
    <p class="pointed">
      {mark.events.slice(0, MAX_TOLD).map((event) => (
        <span key={event.id}>
          <a
            href={href({ at: happenedMs(event) })}
            title={text.lookAt(format.value.moment(happenedMs(event)))}
          >
            {format.value.moment(happenedMs(event))}
          </a>{' '}
          {isSeveral && 'stream' in event && <bdi>{event.stream} </bdi>}
          {eventText(event, mark.events, { texts, format: format.value })}
        </span>
      ))}
      {mark.events.length > MAX_TOLD && (
        <span class="muted">{text.severalAt(`+${format.value.count(mark.events.length - MAX_TOLD)}`)}</span>
      )}
    </p>
  );
}
