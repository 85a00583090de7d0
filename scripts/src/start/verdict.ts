import { type ServerStatus, type SourceStatus } from '@mediamtx-monitor/types';
import { serverStatusSchema } from '@mediamtx-monitor/types/schemas';

/** What the API said, parsed; `null` where it said nothing. */
export interface ApiAnswers {
  /** `GET /readyz` */
  readonly readiness: unknown;
  /** `GET /api/servers` */
  readonly servers: unknown;
  /** `GET /api/streams/latest` */
  readonly latest: unknown;
}

/** Whether data flow, and if not, why. */
export type StartVerdict =
  | { readonly kind: 'flowing'; readonly streams: number; readonly simulated: boolean }
  /** The collector works, but MediaMTX gives it no list. */
  | { readonly kind: 'source'; readonly status: SourceStatus; readonly error: string }
  /** The API tells nobody without a token, and so not this start either. */
  | { readonly kind: 'guarded' }
  | { readonly kind: 'waiting'; readonly why: 'api' | 'redis' | 'collector' };

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isServerStatus(item: unknown): item is ServerStatus {
  return serverStatusSchema.required().validate(item).error === undefined;
}

/** The status of one server, if it was published after `sinceMs`: Redis may still hold that of an earlier run. */
function freshStatus(servers: unknown, serverId: string, sinceMs: number): ServerStatus | undefined {
  const items = memberOf(servers, 'items');
  if (!Array.isArray(items)) return undefined;
  return items
    .filter(isServerStatus)
    .find((item) => item.server === serverId && Date.parse(item.publishedAt) >= sinceMs);
}

/**
 * Judges the API's answers. Pure.
 * @param sinceMs Unix time at which the collector was started
 */
export function judge(answers: ApiAnswers, serverId: string, sinceMs: number): StartVerdict {
  if (answers.readiness === null) return { kind: 'waiting', why: 'api' };
  if (memberOf(answers.readiness, 'status') !== 'ready') return { kind: 'waiting', why: 'redis' };
  if (memberOf(answers.servers, 'code') === 'unauthorized') return { kind: 'guarded' };
  const status = freshStatus(answers.servers, serverId, sinceMs);
  if (status === undefined) return { kind: 'waiting', why: 'collector' };
  const { source, simulated } = status;
  if (source.status !== 'up') return { kind: 'source', status: source.status, error: source.error ?? '' };
  if (!Array.isArray(answers.latest)) return { kind: 'waiting', why: 'collector' };
  return { kind: 'flowing', streams: status.totals.streams ?? 0, simulated };
}
