import {
  type Alert,
  type AlertSubject,
  FEW_WILDCARDS,
  MAX_GLOB_LENGTH,
  MAX_SILENCE_MS,
  type SilenceRequest,
} from '@mediamtx-monitor/types';

/** What a silence selects. */
export type SilenceSelection = Pick<SilenceRequest, 'server' | 'labels' | 'host' | 'stream' | 'reason'>;

/** What can be silenced because of an alert. */
export type SilenceScope = 'stream' | 'server' | 'host' | 'glob' | 'reason';

/** Ends that are offered: in an hour, at the next 6:00, at 8:00 tomorrow. */
export const SILENCE_ENDS = ['hour', 'six', 'tomorrow'] as const;
export type SilenceEnd = (typeof SILENCE_ENDS)[number];

const HOUR_MS = 3_600_000;

/** When silences end that are chosen most; local times of day. @param nowMs Unix time in ms */
export function silenceEnds(nowMs: number): Readonly<Record<SilenceEnd, number>> {
  return { hour: nowMs + HOUR_MS, six: nextTime(nowMs, 6), tomorrow: timeOfDay(nowMs, 1, 8) };
}

/** The next time that the clock here shows this hour. */
function nextTime(nowMs: number, hour: number): number {
  const today = timeOfDay(nowMs, 0, hour);
  return today > nowMs ? today : timeOfDay(nowMs, 1, hour);
}

function timeOfDay(nowMs: number, daysAhead: number, hour: number): number {
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead, hour).getTime();
}

/** Whether a silence may end then. */
export function isPossibleEnd(untilMs: number, nowMs: number): boolean {
  return untilMs > nowMs && untilMs <= nowMs + MAX_SILENCE_MS;
}

/** What can be silenced because of an alert, what is meant most first. */
export function silenceScopes({
  subject,
  reasons,
}: Pick<Alert, 'subject' | 'reasons'>): readonly SilenceScope[] {
  // A silence of a reason selects what has no other.
  const codes = new Set(reasons.map(({ code }) => code));
  const ofReason = codes.size === 1 ? (['reason'] as const) : [];
  switch (subject.kind) {
    case 'stream':
      return ['stream', 'server', 'glob', ...ofReason];
    case 'server':
      return ['server', ...ofReason];
    case 'host':
      return ['host', ...ofReason];
  }
}

/** What a scope selects. @param glob what is chosen for `glob`; `null`: it selects nothing */
export function silenceSelection(
  scope: SilenceScope,
  { subject, reasons }: Pick<Alert, 'subject' | 'reasons'>,
  glob: string,
): SilenceSelection | null {
  const server = 'server' in subject ? { server: subject.server } : {};
  switch (scope) {
    case 'stream':
      return subject.kind === 'stream' ? { ...server, stream: literalGlob(subject.stream) } : null;
    case 'server':
      return subject.kind === 'host' ? null : server;
    case 'host':
      return subject.kind === 'host' ? { host: subject.host } : null;
    case 'glob':
      return glob === '' ? null : { ...server, stream: glob };
    case 'reason': {
      const [reason] = reasons;
      return reason === undefined ? null : { reason: reason.code };
    }
  }
}

/** What a silence may select, as people fill it in; empty: whatever it is. */
export interface SilenceInput {
  readonly server: string;
  /** As `name:value`. */
  readonly label: string;
  readonly host: string;
  /** Glob for names of streams. */
  readonly stream: string;
  readonly reason: string;
}

/** What these fields select; `null`: nothing. A host is on no server, and has no streams: with one, these don't count. */
export function silenceOfFields({
  server,
  label,
  host,
  stream,
  reason,
}: SilenceInput): SilenceSelection | null {
  const colon = label.indexOf(':');
  const glob = stream.trim();
  const of =
    host === ''
      ? {
          ...(server !== '' && { server }),
          ...(label !== '' && { labels: { [label.slice(0, colon)]: label.slice(colon + 1) } }),
          ...(glob !== '' && { stream: glob }),
        }
      : { host };
  const selection = { ...of, ...(reason !== '' && { reason }) };
  return Object.keys(selection).length === 0 ? null : selection;
}

/** Whether the API takes it as a glob. */
export function isPossibleGlob(glob: string | undefined): boolean {
  return glob === undefined || (glob.length <= MAX_GLOB_LENGTH && FEW_WILDCARDS.test(glob));
}

/** A glob that only this name matches. */
export function literalGlob(name: string): string {
  return name.replace(/[\\*?{},]/g, String.raw`\$&`);
}

/** The one name that a glob matches; `null` where it may match others. */
export function literalName(glob: string): string | null {
  const plain = glob.replace(/\\./g, '');
  return /[*?{]/.test(plain) ? null : glob.replace(/\\(.)/g, '$1');
}

/** A glob for all that begins as a stream does, up to its last slash. */
export function siblingsGlob(subject: AlertSubject): string {
  if (subject.kind !== 'stream') return '';
  const slash = subject.stream.lastIndexOf('/');
  return slash < 1 ? literalGlob(subject.stream) : `${literalGlob(subject.stream.slice(0, slash))}/**`;
}
