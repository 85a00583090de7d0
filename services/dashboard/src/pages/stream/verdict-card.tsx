import type { Cause, Evidence } from '@mediamtx-monitor/model';
import type { ConnectionRecord, ReasonCode } from '@mediamtx-monitor/types';
import type { ComponentChild } from 'preact';
import { isReasonCode } from '../../data/view-query.ts';
import { silenceText } from '../../i18n/fleet-text.ts';
import { evidenceText, who } from '../../i18n/reason-text.ts';
import { affectedText, headlineText, remainingEvidence } from '../../i18n/verdict-text.ts';
import { lastPublisherOf } from '../../model/last-publisher.ts';
import { protocolName } from '../../model/protocol.ts';
import type { ListedStream } from '../../model/streams.ts';
import { lastedMs } from '../../model/times.ts';
import { type StreamVerdict, verdictOf } from '../../model/verdict.ts';
import { useDashboard, useTextContext } from '../../ui/context.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { useWantedTexts } from '../../ui/loaded.tsx';
import { SourceError } from '../../ui/source-error.tsx';
import { type ServerAround, useServer } from './server-of.ts';

interface VerdictCardProps {
  readonly listed: ListedStream;
  readonly cause: Cause;
  /** Its server doesn't list it any more: what is said is what this page saw. */
  readonly isGone: boolean;
  /** Who published it last, as far as this page saw. */
  readonly lastPublisher: ConnectionRecord | null;
}

/** What is wrong, since when, whose fault it is, who is affected and what to do; without trouble one line. */
export function VerdictCard({ listed, cause, isGone, lastPublisher }: VerdictCardProps) {
  const { texts, format } = useDashboard();
  const around = useServer(listed.stream.server);
  const verdict = verdictOf({ listed, cause, head: around.head, host: around.host });
  const isBad = isIllLook(verdict.look);
  const evidence = remainingEvidence(cause, verdict);
  const isUnread = cause.evidence.some(({ code }) => code === 'server-status');
  return (
    <section class={`card verdict verdict-${verdict.look}`} aria-labelledby="verdict-title">
      <h3 id="verdict-title" class="visually-hidden">
        {texts.value.verdict.title}
      </h3>
      <p class="cause">
        <HealthMark health={verdict.look} label={isBad ? texts.value.looks[verdict.look] : undefined} />
        {isGone ? (
          texts.value.lastSeen.gone
        ) : (
          <Headline listed={listed} cause={cause} verdict={verdict} around={around} />
        )}
      </p>
      <VerdictFacts
        listed={listed}
        cause={cause}
        verdict={verdict}
        around={around}
        lastPublisher={lastPublisher}
      />
      {isUnread && around.head !== undefined && <SourceError head={around.head} />}
      {evidence.length > 0 && (
        <ul class="evidence" aria-label={texts.value.verdict.speaks}>
          {evidence.map((one, index) => (
            <li key={index}>
              {evidenceText(one, texts.value, format.value)}
              <ReasonHelp evidence={one} lead={verdict.lead?.code} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface HeadlineProps {
  readonly listed: ListedStream;
  readonly cause: Cause;
  readonly verdict: StreamVerdict;
  readonly around: ServerAround;
}

/** The one sentence; that of a silent server goes on each second, so it stands by itself. */
function Headline({ listed, cause, verdict, around: { silence } }: HeadlineProps) {
  const { texts, format } = useDashboard();
  const context = useTextContext();
  if (listed.stale && silence !== undefined && cause.site === 'unknown') {
    return <>{silenceText(listed.stream.server, silence, context)}</>;
  }
  return <>{headlineText(cause, verdict, texts.value, format.value)}</>;
}

interface VerdictFactsProps extends HeadlineProps {
  readonly lastPublisher: ConnectionRecord | null;
}

/** Since when, whose fault, who is affected, what to do; of what isn't live also what it was. */
function VerdictFacts({ listed, cause, verdict, around, lastPublisher }: VerdictFactsProps) {
  const { texts, format } = useDashboard();
  const text = texts.value.verdict;
  const { duration } = format.value;
  const { stream, asOf } = listed;
  const { since, affected } = verdict;
  const time = (at: string): string => format.value.time(Date.parse(at), Date.parse(asOf));
  const last = stream.state === 'live' ? null : (stream.last ?? null);
  const before = lastPublisherOf(listed, lastPublisher);
  const topic = topicOf(cause, verdict, around);
  const rows: readonly (readonly [name: string, shown: ComponentChild])[] = [
    [text.since, since !== null && text.sinceAt(time(since), duration(lastedMs(since, asOf)))],
    [
      text.ended,
      last !== null &&
        since === null &&
        text.endedAt(time(last.liveAt), duration(lastedMs(last.liveAt, asOf))),
    ],
    [text.wasLive, last !== null && duration(lastedMs(last.liveSince, last.liveAt))],
    [text.cause, BLAMED.has(cause.site) && texts.value.causes[cause.site]],
    [text.affected, affected !== null && affectedText(affected, texts.value, format.value)],
    [
      text.publishedBy,
      before !== null &&
        [
          who(before, texts.value),
          before.protocol === null ? null : protocolName(before.protocol),
          before.userAgent,
        ]
          .filter((part) => part !== null)
          .join(' · '),
    ],
    [text.whatToDo, topic !== null && <ToDo topic={topic} />],
  ];
  const shown = rows.filter(([, value]) => value !== false);
  if (shown.length === 0) return null;
  return (
    <dl class="verdict-facts">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Sites that say whose fault it is; of the others the headline says all. */
const BLAMED: ReadonlySet<Cause['site']> = new Set([
  'publisher',
  'source',
  'server',
  'viewers',
  'one-viewer',
  'both-viewers',
  'forwards',
] as const);

function isIllLook(look: StreamVerdict['look']): boolean {
  return look === 'warning' || look === 'critical';
}

/** The reason that the help is asked for; `null` where it has nothing to say. */
function topicOf(cause: Cause, { lead }: StreamVerdict, { host, silence }: ServerAround): ReasonCode | null {
  if (cause.evidence.some(({ code }) => code === 'server-status')) return 'server-unreachable';
  if (cause.site === 'unknown' && silence !== undefined && silence.level !== 'quiet') return 'no-data';
  const code = lead?.code ?? (cause.site === 'host' ? host?.reasons?.[0]?.code : undefined);
  return code !== undefined && isReasonCode(code) ? code : null;
}

/** What to do, and where there is more of it. */
function ToDo({ topic }: { readonly topic: ReasonCode }) {
  const { texts, href } = useDashboard();
  const all = useWantedTexts();
  return (
    <>
      {all != null && `${all.helpEntries.reasons[topic].todo} `}
      <a href={href({ view: 'help', topic, stream: null })}>{texts.value.verdict.whatItMeans}</a>
    </>
  );
}

interface ReasonHelpProps {
  readonly evidence: Evidence;
  /** The reason whose help is linked already. */
  readonly lead: string | undefined;
}

/** What to do about a further reason. */
function ReasonHelp({ evidence, lead }: ReasonHelpProps) {
  const { texts, href } = useDashboard();
  if (evidence.code !== 'reason') return null;
  const { code } = evidence.reason;
  if (code === lead || !isReasonCode(code)) return null;
  return (
    <>
      {' '}
      <a href={href({ view: 'help', topic: code, stream: null })}>{texts.value.helpPage.whatToDo}</a>
    </>
  );
}
