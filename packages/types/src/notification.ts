/** What a message to a target is for: alerts, a test that somebody asked for, or that another target is gone. */
export const NOTIFICATION_KINDS = ['alerts', 'test', 'gone'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** `dead`: it isn't tried any more. */
export const NOTIFICATION_OUTCOMES = ['delivered', 'dead'] as const;
export type NotificationOutcome = (typeof NOTIFICATION_OUTCOMES)[number];

/** What became of a message to a target, as the alerter writes it down. */
export interface StoredNotification {
  /** Id of the message: the same for each try, and when it is sent again. */
  readonly messageId: string;
  readonly target: string;
  /** Kind of the target. */
  readonly targetKind: string;
  readonly kind: NotificationKind;
  /** When the message was made, and when this became of it (RFC 3339, UTC). */
  readonly madeAt: string;
  readonly at: string;
  readonly outcome: NotificationOutcome;
  /** How often it was tried. */
  readonly tries: number;
  /** Why it wasn't delivered, without secrets; `null` where it was. */
  readonly error: string | null;
  /** How many alerts it told of: that fire, that fire on, that are over. */
  readonly firedCount: number;
  readonly repeatedCount: number;
  readonly resolvedCount: number;
  /** Of a dead one: the message, so that it can be sent again, with the worst of its alerts. Left out of others. */
  readonly message?: object;
  /** Of a dead one: of how many of its alerts the message that is kept has but the number. Left out for none. */
  readonly leftOutCount?: number;
}

/** The same as it is told: `id` is that of its entry in Redis, by which it is sent again. */
export type NotificationEntry = { readonly id: string } & StoredNotification;
