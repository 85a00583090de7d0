import {
  hasMembers,
  isCount,
  isFlag,
  isListOf,
  isNumber,
  isOneOf,
  isText,
  type MemberCheck,
  optional,
  orNull,
} from '@mediamtx-monitor/runtime';
import {
  type Acknowledgement,
  type Alert,
  ALERT_CAUSES,
  ALERT_STATES,
  areReasons,
  isHostId,
  isServerId,
  isTime,
  type NotifiedTarget,
} from '@mediamtx-monitor/types';
import { alertSilenceSchema, labelsSchema } from '@mediamtx-monitor/types/schemas';
import type { Notified, ResolvedPart, StoredAlert, TargetMessage } from './model.ts';

/** A check of each member. */
export type ChecksOf<Type> = Readonly<Record<keyof Type, MemberCheck>>;

/** A name of a stream may be of any length. */
const isName: MemberCheck = (value) => typeof value === 'string';
const isServer: MemberCheck = (value) => typeof value === 'string' && isServerId(value);
const isHost: MemberCheck = (value) => typeof value === 'string' && isHostId(value);
const SUBJECTS: readonly MemberCheck[] = [
  hasMembers({ kind: isOneOf(['stream']), server: isServer, stream: isName }),
  hasMembers({ kind: isOneOf(['server']), server: isServer }),
  hasMembers({ kind: isOneOf(['host']), host: isHost }),
];
const isSubject: MemberCheck = (value) => SUBJECTS.some((isOf) => isOf(value));

const isAcknowledgement = hasMembers({
  by: isText,
  at: isTime,
  comment: orNull(isText),
} satisfies ChecksOf<Acknowledgement>);

const isNotified = hasMembers({
  state: isOneOf(['due', 'firing', 'resolved']),
  severity: isOneOf(['warning', 'critical']),
  atMs: isNumber,
  at: isTime,
} satisfies ChecksOf<Notified>);

const areLabels: MemberCheck = (value) =>
  labelsSchema.validate(value, { convert: false }).error === undefined;

/** What an alert has, kept or shown. */
const ALERT = {
  id: isText,
  subject: isSubject,
  state: isOneOf(ALERT_STATES),
  severity: isOneOf(['warning', 'critical']),
  reasons: areReasons,
  simulated: optional(isFlag),
  cause: optional(orNull(isOneOf(ALERT_CAUSES))),
  since: isTime,
  firedAt: orNull(isTime),
  endedAt: optional(orNull(isTime)),
  resolvedAt: orNull(isTime),
  returns: isCount,
  acknowledged: orNull(isAcknowledgement),
};

const isResolvedPart = hasMembers({
  severity: ALERT.severity,
  reasons: ALERT.reasons,
  cause: ALERT.cause,
  simulated: ALERT.simulated,
  since: ALERT.since,
  endedAt: ALERT.endedAt,
  resolvedAt: ALERT.resolvedAt,
} satisfies ChecksOf<ResolvedPart>);

export const isStoredAlert = hasMembers({
  ...ALERT,
  labels: optional(areLabels),
  lastResolved: optional(orNull(isResolvedPart)),
  before: isOneOf(['pending', 'firing', 'recovering', null]),
  reasonsAtMs: isNumber,
  wrongAtMs: isNumber,
  criticalAtMs: orNull(isNumber),
  changedAtMs: isNumber,
  notified: (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((each) => isNotified(each)),
} satisfies ChecksOf<StoredAlert>);

const isNotifiedTarget = hasMembers({
  target: isText,
  state: isOneOf(['firing', 'resolved']),
  at: isTime,
} satisfies ChecksOf<NotifiedTarget>);

const areShownAlerts = isListOf(
  hasMembers({
    ...ALERT,
    mutedBy: orNull(isSubject),
    silencedBy: orNull(isText),
    notified: isListOf(isNotifiedTarget),
  } satisfies ChecksOf<Alert>),
);

export const isTargetMessage = hasMembers({
  id: isText,
  target: isText,
  kind: isOneOf(['alerts', 'test', 'gone']),
  goneTarget: orNull(isText),
  at: isTime,
  fired: areShownAlerts,
  firedCount: isCount,
  repeated: areShownAlerts,
  repeatedCount: isCount,
  resolved: areShownAlerts,
  resolvedCount: isCount,
} satisfies ChecksOf<TargetMessage>);

/** As all who read alerts check it: one that they refuse would hide all alerts from them. */
export const isSilence: MemberCheck = (value) =>
  value !== undefined && alertSilenceSchema.validate(value, { convert: false }).error === undefined;
