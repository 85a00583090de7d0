import type { ConnectionFailureCode } from '@mediamtx-monitor/client';

const failures: Readonly<Record<ConnectionFailureCode, string>> = {
  unreachable: 'The monitor isn’t there, or refuses the connection.',
  lost: 'The connection was closed.',
  silent: 'Nothing came from the monitor for too long.',
  restarting: 'The monitor restarts.',
  unauthorized: 'The token is missing or wrong, or was revoked.',
  forbidden:
    'The monitor doesn’t allow this page’s address. ALLOWED_HOSTS and ALLOWED_ORIGINS of the API say which it allows.',
  'sent-away': 'The monitor refused this page for good.',
  'too-many-requests': 'The monitor has too much to do right now.',
  'no-ticket': 'The monitor didn’t let this page in.',
  'no-token': 'There is no token to sign in with.',
  blocked: 'This browser allows no WebSocket to this address.',
  'bad-data': 'The monitor sent something that this page can’t read.',
  'bad-message': 'The monitor didn’t understand this page. Reload it.',
  'too-many-messages': 'This page has asked too often.',
  'too-many-filters': 'The monitor has no room for another filter of streams right now.',
};

/** Texts about the connection, in English. */
export const enLink = {
  link: {
    retrying: 'Trying again soon.',
    lost: 'Connection lost. What you see is how it was last; nothing is current.',
    lastSeen: (age: string): string => `last seen ${age} ago`,
    unreadable: 'This page doesn’t understand all that the monitor sends: it may be newer than this page.',
    reload: 'Reload',
    failures,
    forbidden: {
      host: (name: string): string =>
        `Without tokens the monitor answers only under names that it was told, and ${name} is none of them.`,
      origin: (origin: string): string =>
        `This page is at ${origin}, but the monitor was asked under another address: the proxy in between passes on another Host.`,
      setting:
        'In the settings of the API (or open this page by its IP address, or give the monitor tokens):',
      proxy: 'In nginx, in the location of the monitor:',
      foreign: 'If this page is meant to be at another address than the monitor, in the settings of the API:',
    },
    events: {
      what: 'No WebSocket gets through to the monitor, so this page follows it over plain HTTP. Nothing is missing.',
      more: 'What to set',
      proxy: 'The proxy in between has to pass on upgrades. In nginx, in the location of the monitor:',
      tabs: 'As it is, a browser may hold back the seventh such page: over HTTP/1.1 it opens six connections to an address, and a stream’s page needs two.',
      again: 'After that, reload this page.',
      hide: 'Hide',
    },
  },
} as const;
