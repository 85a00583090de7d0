import type { SilenceAge } from '../data/fleet-ages.ts';
import type { Texts } from './en/index.ts';
import type { Format } from './format.ts';
import { reasonText } from './reason-text.ts';
import type { PageAlert } from '../model/alerts.ts';
import { countSubjects, type FleetReason, type ServerSilence, subjectOf } from '../model/fleet-reasons.ts';
import { displayName } from '../model/streams.ts';
import { namedReason, type FleetSummary } from '../model/summary.ts';

/** What a sentence about servers needs beside them. */
export interface TextContext {
  readonly texts: Texts;
  readonly format: Format;
  /** Whether servers have to be told apart. */
  readonly hasManyServers: boolean;
  /** How long nothing was heard of a server, written; `null` where it isn't known, or shouldn't be said. */
  readonly ageOf: (server: string) => string | null;
}

/** @param silenceAges of the servers, asked for only by sentences that say one; `null` where no age is to be said */
export function textContextOf(
  texts: Texts,
  format: Format,
  hasManyServers: boolean,
  silenceAges: (() => ReadonlyMap<string, SilenceAge>) | null,
): TextContext {
  const ageOf = (server: string): string | null => {
    const silentMs = silenceAges?.().get(server)?.silentMs ?? null;
    return silentMs === null ? null : format.duration(silentMs);
  };
  return { texts, format, hasManyServers, ageOf };
}

/** What is wrong with a server or machine, with its name. */
export function fleetReasonText(reason: FleetReason, context: TextContext): string {
  const { texts, format, ageOf } = context;
  const text = texts.fleet;
  switch (reason.code) {
    case 'server-unreachable':
      return text.unreachable(reason.server, texts.serverProblems[reason.problem]);
    case 'list-missing':
      return text.unread(reason.server, format.list(reason.lists));
    case 'other':
      return text.other(reason.server, reasonText(reason.published, texts, format));
    case 'no-data': {
      const { server, host, severity } = reason;
      if (severity === 'warning') return silentText(server, context);
      return host === null
        ? text.noDataOf(server, ageOf(server))
        : text.noDataNorHost(server, host, ageOf(server));
    }
    case 'host-load': {
      const loads = reason.loads.map(({ kind, mount, percent }) =>
        text.loads[kind](format.percent(percent), mount ?? ''),
      );
      return text.host(reason.host, format.list(loads));
    }
  }
}

/** That nothing is heard of a server, as bad as that is by now. */
export function silenceText(server: string, { level, host }: ServerSilence, context: TextContext): string {
  if (level === 'quiet') return quietText(server, context);
  return fleetReasonText({ code: 'no-data', server, host, severity: level }, context);
}

/** That nothing is heard of a server, which needn't mean anything yet. */
export function quietText(server: string, context: TextContext): string {
  return context.texts.fleet.mayBeFine(silentText(server, context));
}

function silentText(server: string, { texts, hasManyServers, ageOf }: TextContext): string {
  return texts.fleet.silent(hasManyServers ? server : null, ageOf(server));
}

/** The summary as it is read out: how bad it is, and with the first name. */
export function spokenSummary(summary: FleetSummary, context: TextContext): string {
  const { texts } = context;
  if (summary.kind === 'outdated') return texts.link.lost;
  const sentence = summaryText(summary, context, null);
  if (summary.kind !== 'attention') return sentence;
  const spoken = `${texts.healths[summary.severity]}. ${sentence}`;
  const [reason] = summary.reasons;
  const [stream] = summary.streams;
  if (summary.isOfStreams) {
    return stream === undefined ? spoken : `${spoken}: ${stream.label}`;
  }
  // The sentence of a single one has its name.
  return reason === undefined || namedReason(summary) !== undefined
    ? spoken
    : `${spoken}: ${subjectOf(reason)}`;
}

/** The summary as a sentence. @param leastAge age of the newest data, written; `null` when none is known */
export function summaryText(summary: FleetSummary, context: TextContext, leastAge: string | null): string {
  const { texts, format } = context;
  const text = texts.summary;
  switch (summary.kind) {
    case 'attention': {
      const { reasons, streamCount, isOfStreams } = summary;
      if (isOfStreams) return text.streams(streamCount, format.count(streamCount));
      const named = namedReason(summary);
      const subjects = countSubjects(reasons);
      return named === undefined
        ? texts.fleet.subjects(subjects, format.count(subjects))
        : fleetReasonText(named, context);
    }
    case 'outdated':
      return text.outdated(leastAge);
    case 'unsure': {
      const [silent] = summary.silent;
      return silent === undefined
        ? text.unsure(summary.unknown, format.count(summary.unknown))
        : quietText(silent, context);
    }
    case 'connecting':
    case 'unconnected':
    case 'refused':
    case 'empty':
    case 'well':
      return text[summary.kind];
  }
}

/** Lines of a notification; more than that nobody reads. */
const LINES = 4;

/** Title and text of a notification. @param alerts the worst first */
export function notificationText(
  alerts: readonly PageAlert[],
  context: TextContext,
): [title: string, body: string] {
  const { texts, format } = context;
  const lines = alerts.map((alert) => lineOf(alert, context));
  const more = lines.length - LINES;
  const shown = more > 0 ? [...lines.slice(0, LINES), texts.summary.more(format.count(more))] : lines;
  const [worst] = alerts;
  const isOfStreams = worst !== undefined && isOfStream(worst);
  const subjects = new Set(
    alerts.filter((alert) => isOfStream(alert) === isOfStreams).map(({ subject }) => subject),
  );
  const count = format.count(subjects.size);
  const title = isOfStreams
    ? texts.summary.streams(subjects.size, count)
    : texts.fleet.subjects(subjects.size, count);
  return [title, shown.join('\n')];
}

function isOfStream(alert: PageAlert): boolean {
  return alert.kind === 'stream' || (alert.kind === 'told' && alert.about.kind === 'stream');
}

function lineOf(alert: PageAlert, context: TextContext): string {
  if (alert.kind === 'fleet') return fleetReasonText(alert.reason, context);
  const { texts, format, hasManyServers } = context;
  const text = alert.reason && reasonText(alert.reason, texts, format);
  if (alert.kind === 'stream') return withReason(alert.listed.label, text);
  const { about } = alert;
  switch (about.kind) {
    case 'stream':
      return withReason(displayName({ server: about.server, name: about.stream }, hasManyServers), text);
    case 'server':
      return texts.fleet.other(about.server, text ?? '');
    case 'host':
      return texts.fleet.host(about.host, text ?? '');
  }
}

function withReason(name: string, text: string | undefined): string {
  return text === undefined ? name : `${name}: ${text}`;
}
