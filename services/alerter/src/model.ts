import type { Hours } from '@mediamtx-monitor/runtime';
import type {
  Acknowledgement,
  Alert,
  AlertCause,
  AlerterCommand,
  AlertState,
  AlertSubject,
  Reason,
  ReasonCode,
  ServerLabels,
  Severity,
  AlertSilence,
} from '@mediamtx-monitor/types';

/**
 * Times named `…AtMs` are of the alerter's own clock: the time in ms that an alerter has been at work, ever. It goes on
 * where the one before stopped, and never jumps (ADR 23). Times for people are RFC 3339, by Redis's clock.
 */
export interface AlertMoment {
  /** By the alerter's own clock. */
  readonly atMs: number;
  /** By Redis's clock, Unix time in ms: for labels, and for what people date by it. */
  readonly wallMs: number;
}

/** Something that is wrong, and for how long: by the clock of the one who says so, when he said it. */
export interface HeldReason extends Reason {
  readonly heldMs: number;
}

/** What is wrong with something. */
export interface IllSubject {
  readonly subject: AlertSubject;
  /** At least one, the worst first. */
  readonly reasons: readonly HeldReason[];
  /** Why a stream isn't live any more; left out or `null` = nobody knows. */
  readonly cause?: AlertCause | null;
  /** Whether a simulator tells of it; left out = no. */
  readonly simulated?: boolean;
}

/** What is seen at a moment. */
export interface AlertObservation {
  /** By key of the subject. */
  readonly ill: ReadonlyMap<string, IllSubject>;
  /** Whether it would be seen now that something is wrong with it: not while its server can't be read. */
  readonly isSeen: (subject: AlertSubject) => boolean;
  /** Labels of a server; `null` of one that isn't known now. */
  readonly labelsOf: (server: string) => ServerLabels | null;
}

/** What a target is to be told of an alert, and what it was. */
export interface Notified {
  /** `due`: it isn't told yet. */
  readonly state: 'due' | 'firing' | 'resolved';
  /** The worst that it was told, or is to be: what gets worse is told once more. */
  readonly severity: Severity;
  /** Since when it is due, or when it was told last. */
  readonly atMs: number;
  readonly at: string;
}

/** What an alert said when it was resolved. */
export type ResolvedPart = Pick<
  StoredAlert,
  'severity' | 'reasons' | 'cause' | 'simulated' | 'since' | 'endedAt' | 'resolvedAt'
>;

/** An alert as it is kept. */
export interface StoredAlert {
  readonly id: string;
  readonly subject: AlertSubject;
  /** Of its server, as they were last known; left out for none. */
  readonly labels?: ServerLabels;
  readonly state: AlertState;
  /** The state to which an unknown one returns when the trouble is still there. */
  readonly before: 'pending' | 'firing' | 'recovering' | null;
  readonly severity: Severity;
  readonly reasons: readonly Reason[];
  /** Why a stream went, as it was known first; left out or `null` = nobody knows. */
  readonly cause?: AlertCause | null;
  /** Whether a simulator told of it; left out = no. Kept, since a message says the same with each try. */
  readonly simulated?: boolean;
  /** When the reasons were written down; what they measure may be another by now. */
  readonly reasonsAtMs: number;
  /** The earliest of all reasons that it had. */
  readonly since: string;
  /** Since when something is wrong, and something critical; `null` = nothing is. */
  readonly wrongAtMs: number;
  readonly criticalAtMs: number | null;
  readonly firedAt: string | null;
  /** When nothing was seen to be wrong any more; left out or `null` = something is. */
  readonly endedAt?: string | null;
  readonly resolvedAt: string | null;
  /** Of one that was resolved and is pending again what it said, which it says again if that never fires. */
  readonly lastResolved?: ResolvedPart | null;
  /** When its state became what it is. */
  readonly changedAtMs: number;
  readonly returns: number;
  readonly acknowledged: Acknowledgement | null;
  /** By name of the target. */
  readonly notified: Readonly<Record<string, Notified>>;
}

/** What else is known of alerts at a moment. */
export interface AlertsView {
  /** What is in trouble that explains the alert; `null` = nothing. */
  readonly mutedBy: (alert: StoredAlert) => AlertSubject | null;
  /** Id of a silence or name of a maintenance window for which nobody is told of the alert; `null` = none. */
  readonly silencedBy: (alert: StoredAlert) => string | null;
  /** The alert as people see it. */
  readonly shown: (alert: StoredAlert) => Alert;
}

/** What a target is told. It stays as it is once a try to deliver it may have begun. */
export interface TargetMessage {
  /** The same for each try: by it a receiver knows what it has had already. */
  readonly id: string;
  readonly target: string;
  /** `test`: somebody wants to see that it arrives; `gone`: another target answered that it doesn't exist any more. */
  readonly kind: 'alerts' | 'test' | 'gone';
  /** Name of the other target, of `gone`; else `null`. */
  readonly goneTarget: string | null;
  /** When it was made (RFC 3339, UTC). */
  readonly at: string;
  /** The worst MAX_MESSAGE_ALERTS of each kind, and how many there are. */
  readonly fired: readonly Alert[];
  readonly firedCount: number;
  readonly repeated: readonly Alert[];
  readonly repeatedCount: number;
  readonly resolved: readonly Alert[];
  readonly resolvedCount: number;
}

/** What is kept of a target. */
export interface StoredTarget {
  readonly name: string;
  /** When it was sent a message last; `null` = never. */
  readonly sentAtMs: number | null;
  /** What is on its way, oldest first; the first one is tried. */
  readonly queue: readonly Queued[];
  readonly deliveredAt: string | null;
  /** Why the last try failed, without secrets. */
  readonly error: string | null;
  /** It answered that it is gone (410): nothing is sent any more until its entry in the file is another. */
  readonly isDisabled: boolean;
  /** What tells its entry in the file from another. */
  readonly digest: string;
  readonly testedAtMs: number | null;
  /** By what an Alertmanager may know alerts that it wasn't told the end of; none of other kinds. */
  readonly told: readonly ToldLabels[];
}

/** What an Alertmanager knows an alert by, beside what it belongs to. */
export interface ToldLabels {
  /** Id of the alert. */
  readonly id: string;
  /** Code of its main reason; `null` = it has none. */
  readonly code: ReasonCode | null;
  readonly severity: Severity;
}

export interface Queued {
  readonly message: TargetMessage;
  /** It was given up, and somebody wants it to be sent again. */
  readonly isReplay: boolean;
  readonly queuedAtMs: number;
  readonly tries: number;
  /** When it is tried next. */
  readonly nextTryAtMs: number;
}

/** A target that wants not to be asked for longer is asked all the same. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/** How a try to deliver a message went. `gone`: the target doesn't exist any more. */
export interface TryResult {
  readonly target: string;
  readonly messageId: string;
  readonly outcome: 'delivered' | 'failed' | 'gone';
  /** For people, without secrets; `null` where it was delivered. */
  readonly error: string | null;
  /** How long the target wants not to be asked, in ms; `null` = it doesn't say. */
  readonly retryAfterMs: number | null;
  /** Of an Alertmanager that took it: all that fires there by that. Left out of others. */
  readonly told?: readonly ToldLabels[];
}

/** Kinds of targets. */
export const TARGET_KINDS = [
  'webhook',
  'alertmanager',
  'email',
  'ntfy',
  'slack',
  'discord',
  'telegram',
] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

export const TEXT_LANGUAGES = ['en', 'de'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** Who is told of what: an entry of `notify` in MONITOR_CONFIG. */
export interface Target {
  readonly name: string;
  readonly kind: TargetKind;
  /** The least severity that it is told of. */
  readonly severity: Severity;
  /** Glob for names of streams; servers it is told of, too, and hosts only with `null` = all. */
  readonly match: string | null;
  /** Ids of servers; `null` = all, and hosts. */
  readonly servers: readonly string[] | null;
  /** Labels that the server has to have, all of them; left out = whatever it has. */
  readonly labels?: ServerLabels;
  /** When it is told; `null` = always. What begins outside of them is told when they begin, if it still fires. */
  readonly hours: Hours | null;
  readonly language: TextLanguage;
  /** In which its texts write times, and its `hours` are meant (IANA); `UTC` where the file doesn't say. */
  readonly timeZone: string;
  readonly forMs: number;
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatMs: number;
  /** Where it is told; its parts depend on the kind. */
  readonly address: TargetAddress;
  /** What tells this entry from another, without secrets in it. */
  readonly digest: string;
}

/** As the file has it: each member where the kind needs it. */
export interface TargetAddress {
  readonly url: string | null;
  readonly urlFile: string | null;
  readonly secretFile: string | null;
  /** E-mail: who it comes from and who gets it; `url` is that of the SMTP server. */
  readonly from: string | null;
  readonly to: readonly string[];
  /** Telegram: the chat, of a bot whose token stands in `secretFile`. */
  readonly chat: string | null;
}

/** Recurring hours in which nobody is told: an entry of `maintenance` in MONITOR_CONFIG. */
export interface Maintenance {
  readonly name: string;
  readonly match: string | null;
  readonly servers: readonly string[] | null;
  /** As of a target. */
  readonly labels?: ServerLabels;
  readonly hours: Hours;
}

/** Called while the chain works: `heartbeat` in MONITOR_CONFIG. */
export interface Heartbeat {
  readonly url: string | null;
  readonly urlFile: string | null;
  readonly everyMs: number;
}

/** What MONITOR_CONFIG says of alerts. */
export interface NotifyFile {
  readonly targets: readonly Target[];
  readonly maintenance: readonly Maintenance[];
  readonly heartbeat: Heartbeat | null;
  /** What tells this file's part from another. */
  readonly digest: string;
}

/** A command, with the id of its entry in Redis. */
export interface GivenCommand {
  readonly id: string;
  readonly command: AlerterCommand;
  /** Of `notification.replay`: the message that was given up; `null` where there is none. */
  readonly message: TargetMessage | null;
}

/** All that is kept. What doesn't change stays the same object, so that what has to be saved is a difference. */
export interface AlerterState {
  readonly alerts: ReadonlyMap<string, StoredAlert>;
  readonly silences: ReadonlyMap<string, AlertSilence>;
  readonly targets: ReadonlyMap<string, StoredTarget>;
  /** Id of the last command that was done. */
  readonly commandId: string;
}

/** By what alerts, and what is seen, are known: the same for the same subject, another for any other. */
export function subjectKey(subject: AlertSubject): string {
  switch (subject.kind) {
    // A server's id has no colon, so a stream may be called anything.
    case 'stream':
      return `stream:${subject.server}:${subject.stream}`;
    case 'server':
      return `server:${subject.server}`;
    case 'host':
      return `host:${subject.host}`;
  }
}
