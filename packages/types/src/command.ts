import type { AlertSilence } from './alert.ts';
import type { ServerLabels } from './label.ts';

/** What people with the right to do so want of the alerter; it checks each anew. `by`: name of the token. */
export type AlerterCommand =
  | { readonly type: 'silence.add'; readonly by: string; readonly silence: Omit<AlertSilence, 'author'> }
  | { readonly type: 'silence.delete'; readonly by: string; readonly id: string }
  | { readonly type: 'alert.ack'; readonly by: string; readonly id: string; readonly comment: string | null }
  | { readonly type: 'target.test'; readonly by: string; readonly target: string }
  /** `id`: of an entry of the notifications. */
  | { readonly type: 'notification.replay'; readonly by: string; readonly id: string };

/**
 * What is asked for with `POST /api/silences`: at least one of its members but the last two, `host` without
 * those about servers and streams.
 */
export interface SilenceRequest {
  readonly server?: string;
  /** Labels that the server has to have, all of them. */
  readonly labels?: ServerLabels;
  readonly host?: string;
  /** Glob for names of streams. */
  readonly stream?: string;
  /** Code of a reason: alerts that have no other. */
  readonly reason?: string;
  readonly comment: string;
  /** When it ends (RFC 3339): at most `MAX_SILENCE_MS` from now. */
  readonly until: string;
}

/** What may be said with `POST /api/alerts/{id}/ack`. */
export interface AcknowledgeRequest {
  readonly comment?: string;
}

/** What a command is answered with: it is on its way to the alerter. */
export interface AcceptedCommand {
  /** Id of the silence that was asked for; of any other command its own. */
  readonly id: string;
}
