import { DEFAULT_PAST } from '../../data/past-view.ts';
import { NO_FILTER, type StreamId } from '../../data/view.ts';
import { type StoryStep, storyChain, storyCourse, storySteps, storySubject } from '../../i18n/story-text.ts';
import { type Story, streamCount } from '../../model/story.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { Guarded } from '../../ui/guarded.tsx';
import { HealthMark } from '../../ui/icon.tsx';

const LOOKS = { info: 'rest', warning: 'warning', critical: 'critical' } as const;
/** More of a server's streams aren't listed. */
const MAX_PARTS = 50;
const SESSIONS_AROUND_MS = 300_000;
const DAY_MS = 86_400_000;
const LONG_MS = 600_000;

interface StoryEntryProps {
  readonly story: Story;
  /** What is known reaches up to here, Unix ms, and whether that is now. */
  readonly asOf: { readonly ms: number; readonly isNow: boolean };
  /** It spans the moment that is looked for. */
  readonly isAt: boolean;
  /** A time of the day that needn't be said, Unix ms. */
  readonly dayMs: number;
  /** The stream whose page it is on: its name needn't be said, and others aren't known. */
  readonly ofStream: string | null;
}

/** One story in a line, and all of it when it is opened. */
export function StoryEntry({ isAt, ...told }: StoryEntryProps) {
  const { story, asOf } = told;
  const state = story.course === 'open' && asOf.isNow ? 'story-open' : '';
  return (
    <li class={`story story-${story.severity} ${state} ${isAt ? 'story-at' : ''}`}>
      <Guarded>
        <StoryTold {...told} />
      </Guarded>
    </li>
  );
}

function StoryTold({ story, asOf, dayMs, ofStream }: Omit<StoryEntryProps, 'isAt'>) {
  const { format, hasManyServers } = useDashboard();
  const texts = useAllTexts();
  const words = { texts, format: format.value };
  const { severities, streams } = words.texts.timeline;
  const course = storyCourse(story, words, asOf);
  const steps = storySteps(story, words, dayMs);
  const count = streamCount(story);
  return (
    <details>
      <summary>
        <HealthMark health={LOOKS[story.severity]} label={severities[story.severity]} />
        {(ofStream === null || story.stream !== ofStream) && (
          <b class="story-subject">
            <bdi>{storySubject(story, words, hasManyServers.value)}</bdi>
          </b>
        )}
        <Chain steps={storyChain(story, words, dayMs)} />
        {count > 0 && ofStream === null && (
          <span class="story-count">{streams(count, words.format.count(count))}</span>
        )}
        {course !== null && <span class="story-course">{course}</span>}
      </summary>
      <div class="story-body">
        {story.isCut && <p class="muted">{words.texts.story.cut}</p>}
        {steps.length > 1 && (
          <ol class="story-steps" aria-label={words.texts.timeline.steps}>
            {steps.map(({ key, ms, time, text }) => (
              <li key={key}>
                <time dateTime={isoTime(ms)} title={words.format.exact(isoTime(ms))}>
                  {time}
                </time>{' '}
                {text}
              </li>
            ))}
          </ol>
        )}
        {story.parts.length > 0 && <Parts parts={story.parts} asOf={asOf} dayMs={dayMs} />}
        <StoryLinks story={story} />
      </div>
    </details>
  );
}

/** Steps in a line. */
function Chain({ steps }: { readonly steps: readonly StoryStep[] }) {
  return (
    <span class="story-chain">
      {steps.map(({ key, ms, time, text }, index) => (
        <span class="story-step" key={key}>
          {index > 0 && <span aria-hidden="true"> → </span>}
          {time !== '' && <time dateTime={isoTime(ms)}>{time}</time>} {text}
        </span>
      ))}
    </span>
  );
}

/** What came of it for streams. */
function Parts({
  parts,
  asOf,
  dayMs,
}: { readonly parts: readonly Story[] } & Pick<StoryEntryProps, 'asOf' | 'dayMs'>) {
  const { format, href } = useDashboard();
  const texts = useAllTexts();
  const words = { texts, format: format.value };
  const text = words.texts.timeline;
  return (
    <>
      <h4>{text.ofStreams}</h4>
      <ul class="story-parts">
        {parts.slice(0, MAX_PARTS).map((part) => {
          const { server, stream } = part;
          return (
            <li key={part.id}>
              {stream !== null && (
                <a href={href(chartView({ server, name: stream }, part, asOf.ms))}>
                  <bdi>{stream}</bdi>
                </a>
              )}
              <Chain steps={storyChain(part, words, dayMs)} />
              <span class="story-course">{storyCourse(part, words, asOf)}</span>
            </li>
          );
        })}
      </ul>
      {parts.length > MAX_PARTS && (
        <p class="muted">{text.moreParts(words.format.count(parts.length - MAX_PARTS))}</p>
      )}
    </>
  );
}

/** Where more is known of that time. */
function StoryLinks({ story }: { readonly story: Story }) {
  const { href, now } = useDashboard();
  const texts = useAllTexts();
  const text = texts.timeline;
  const { server, stream, host, beganMs, endedMs } = story;
  if (host !== null) {
    return (
      <p class="story-links">
        <a class="button" href={href(hostView(host, story, now()))}>
          {text.toHost}
        </a>
      </p>
    );
  }
  if (server === '') return null;
  const sessions = {
    ...NO_FILTER,
    ...DEFAULT_PAST,
    view: 'sessions',
    stream: null,
    q: stream ?? '',
    server: [server],
    range: null,
    at: null,
    from: beganMs - SESSIONS_AROUND_MS,
    to: (endedMs ?? Math.min(now(), beganMs + LONG_MS)) + SESSIONS_AROUND_MS,
  } as const;
  return (
    <p class="story-links">
      {stream !== null && (
        <a class="button" href={href(chartView({ server, name: stream }, story, now()))}>
          {text.toStream}
        </a>
      )}
      <a class="button" href={href(sessions)}>
        {text.toSessions}
      </a>
    </p>
  );
}

/** A stream's charts at the time of a story. */
function chartView(stream: StreamId, story: Story, nowMs: number) {
  return { view: 'streams', stream, ...timeView(story, nowMs) } as const;
}

/** A host's, likewise. */
function hostView(host: string, story: Story, nowMs: number) {
  return { ...NO_FILTER, view: 'history', stream: null, host, ...timeView(story, nowMs) } as const;
}

/** Close where it is recent and short. */
function timeView({ beganMs, lastedMs }: Story, nowMs: number) {
  const isClose = nowMs - beganMs < DAY_MS && (lastedMs ?? 0) < LONG_MS;
  return { range: isClose ? '15m' : '24h', at: beganMs } as const;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
