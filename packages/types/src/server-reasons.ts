import type { Reason, ServerReasonCode } from './health.ts';
import type { MessageHead } from './message.ts';
import type { Silence } from './staleness.ts';

/**
 * What is wrong with a server, the worst first: what its newest head says, and that nothing has been heard of it for
 * too long, which only readers can tell. What its collector said last stays said: silence mends nothing.
 */
export function serverReasons(head: MessageHead, silence: Silence): readonly Reason[] {
  const own = head.reasons ?? olderReasons(head);
  return silence === 'critical' ? [criticalSince('no-data', head.publishedAt), ...own] : own;
}

/** Collectors before 0.2 leave their reasons out, but say how the poll went. */
function olderReasons({ source, collectedAt, publishedAt }: MessageHead): readonly Reason[] {
  return source.status === 'up' ? [] : [criticalSince('server-unreachable', collectedAt ?? publishedAt)];
}

function criticalSince(code: ServerReasonCode, since: string): Reason {
  return { code, severity: 'critical', measured: null, limit: null, since };
}
