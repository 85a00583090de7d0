import type { Alert } from '@mediamtx-monitor/types';
import { useDashboard } from '../../ui/context.ts';

/** Where an alert leads: to the page of what is in trouble, and to the time at which that began. */
export function useAlertLinks({ subject, since }: Alert): {
  readonly page: string;
  readonly beginning: string;
} {
  const { href } = useDashboard();
  const now = { range: null, at: null } as const;
  const then = { range: '24h', at: Date.parse(since) } as const;
  const place =
    subject.kind === 'stream'
      ? { stream: { server: subject.server, name: subject.stream } }
      : ({ view: 'servers', stream: null } as const);
  return { page: href({ ...place, ...now }), beginning: href({ ...place, ...then }) };
}
