import type { Alert } from '@mediamtx-monitor/types';
import { NO_FILTER } from '../../data/view.ts';
import { useDashboard } from '../../ui/context.ts';

/** Where an alert leads: to the page of what is in trouble, and to what happened when that began. */
export function useAlertLinks({ subject, since }: Alert): {
  readonly page: string;
  readonly beginning: string;
} {
  const { href } = useDashboard();
  const now = { range: null, at: null } as const;
  const then = { range: '15m', at: Date.parse(since) } as const;
  if (subject.kind === 'stream') {
    const stream = { server: subject.server, name: subject.stream };
    return { page: href({ stream, ...now }), beginning: href({ stream, ...then }) };
  }
  const server = subject.kind === 'server' ? [subject.server] : [];
  const beginning = href({ ...NO_FILTER, view: 'streams', stream: null, server, range: null, at: then.at });
  return {
    page: href({ view: 'servers', stream: null, ...now }),
    // The timeline of that server, or of all where it is a host's.
    beginning: beginning.replace('?', '?view=timeline&'),
  };
}
