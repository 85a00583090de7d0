import type { ServerTopic } from '@mediamtx-monitor/types';

/**
 * What stands in Redis about one server or host. `same`: what stood there at the last look; `too-long`: more than
 * anything of ours has; `nothing`: its keys are gone.
 */
export type StoredValues<Values> =
  | { readonly subject: string; readonly kind: 'read'; readonly values: Values }
  | { readonly subject: string; readonly kind: 'same' | 'too-long' | 'nothing' };

/** Values of a server's keys. */
export interface ServerValues {
  readonly meta: Buffer | null;
  readonly arrays: Readonly<Record<ServerTopic, Buffer | null>>;
}
