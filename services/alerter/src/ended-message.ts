import type { TargetMessage } from './model.ts';

/** What became of a message: it was delivered, or isn't tried any more. */
export interface EndedMessage {
  readonly message: TargetMessage;
  readonly outcome: 'delivered' | 'dead';
  readonly tries: number;
  /** For people, without secrets; `null` where it was delivered. */
  readonly error: string | null;
  /** When (RFC 3339, UTC). */
  readonly at: string;
}
