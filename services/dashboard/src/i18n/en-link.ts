import type { TroubleCode } from '@mediamtx-monitor/client';

const troubles: Readonly<Record<TroubleCode, string>> = {
  unreachable: 'The monitor isn’t there, or refuses the connection.',
  lost: 'The connection was closed.',
  silent: 'Nothing came from the monitor for too long.',
  restarting: 'The monitor restarts.',
  unauthorized: 'The token is missing or wrong, or was taken away.',
  forbidden:
    'The monitor doesn’t allow this page’s address. ALLOWED_HOSTS and ALLOWED_ORIGINS of the API say which it allows.',
  'sent-away': 'The monitor said not to come back.',
  'too-many-requests': 'The monitor has too much to do right now.',
  'no-ticket': 'The monitor didn’t let this page in.',
  'no-token': 'There is no token to sign in with.',
  blocked: 'This browser allows no WebSocket to this address.',
  'bad-data': 'The monitor sent what isn’t its protocol.',
  'bad-message': 'The monitor didn’t understand this page. Reload it.',
  'too-many-messages': 'This page has asked too often.',
  'too-many-filters': 'The monitor has no room for another filter of streams right now.',
};

/** Texts about the connection, in English. */
export const enLink = {
  link: {
    retrying: 'Trying again soon.',
    lost: 'Connection lost. This is the last picture; nothing on it is current.',
    lastSeen: (age: string): string => `last seen ${age} ago`,
    unreadable: 'Some of what the monitor tells isn’t understood: it may be newer than this page.',
    reload: 'Reload',
    troubles,
  },
} as const;
