import type { AlertSilence } from './alert.ts';

/** What people with the right to do so want of the alerter; it checks each anew. `by`: name of the token. */
export type AlerterCommand =
  | { readonly type: 'silence.add'; readonly by: string; readonly silence: Omit<AlertSilence, 'author'> }
  | { readonly type: 'silence.delete'; readonly by: string; readonly id: string }
  | { readonly type: 'alert.ack'; readonly by: string; readonly id: string; readonly comment: string | null }
  | { readonly type: 'target.test'; readonly by: string; readonly target: string }
  /** `id`: of an entry of the notifications. */
  | { readonly type: 'notification.replay'; readonly by: string; readonly id: string };
