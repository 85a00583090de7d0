import type { AlertSubject } from '@mediamtx-monitor/types';

/** By which the alert of something is found; the same for the same thing. Ids of servers and hosts hold no colon. */
export function subjectKey(subject: AlertSubject): string {
  switch (subject.kind) {
    case 'stream':
      return `stream:${subject.server}:${subject.stream}`;
    case 'server':
      return `server:${subject.server}`;
    case 'host':
      return `host:${subject.host}`;
  }
}
