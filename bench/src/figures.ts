import type { Aim, Figure, Reading } from './figure.ts';

const atMost = (limit: number): Aim => ({ of: 'value', is: 'at most', limit });
const atLeast = (limit: number): Aim => ({ of: 'value', is: 'at least', limit });
const atMostTimes = (limit: number): Aim => ({ of: 'ratio', is: 'at most', limit });
const atLeastTimes = (limit: number): Aim => ({ of: 'ratio', is: 'at least', limit });

/** A figure as it is declared below: without the subject, which its group has. */
type Declared = Omit<Figure, 'subject'>;

const cpuATick = (...aims: readonly Aim[]): Declared => ({
  what: 'processor time a tick',
  unit: 'ms',
  beside: 'plain loop',
  aims,
});
const redisCommands: Declared = { ...cpuATick(), what: 'time of commands a tick (commandstats)' };
const redisProcess: Declared = { ...cpuATick(), what: 'processor time of the process a tick' };
const memory = (beside: string, ...aims: readonly Aim[]): Declared => ({
  what: 'memory',
  unit: 'MB',
  beside,
  aims,
});
const complete: Declared = { what: 'complete ticks', unit: '%', aims: [atLeast(100)] };
const idleCpu = (beside: string, ...aims: readonly Aim[]): Declared => ({
  what: 'processor time',
  unit: '% of a core',
  beside,
  aims,
});
const start: Declared = { what: 'start-up to first data', unit: 'ms', beside: 'empty Node', aims: [] };
const installed: Declared = { what: 'installed size', unit: 'MB', aims: [] };
const answers = (beside: string, ...aims: readonly Aim[]): Declared => ({
  what: 'answers a second',
  unit: '/s',
  beside,
  aims,
});
const cpuAnAnswer: Declared = {
  what: 'processor time an answer',
  unit: 'µs',
  beside: 'bare node:http',
  aims: [],
};
const delivered = (...aims: readonly Aim[]): Declared => ({
  what: 'processor time a delivered message',
  unit: 'µs',
  beside: 'raw sockets',
  aims,
});
const messageSize: Declared = { what: 'size of a message', unit: 'kB', beside: 'raw sockets', aims: [] };
const p99 = (beside: string): Declared => ({
  what: '99th percentile from publishing to client',
  unit: 'ms',
  beside,
  aims: [],
});

const ramAStream: Declared = { what: 'memory of Redis a stream', unit: 'kB', aims: [atMost(200)] };
const redisAnHour: Declared = { what: 'processor time of Redis an hour', unit: 'ms', aims: [] };
const appended: Declared = { what: 'append-only file a day', unit: 'MB', aims: [] };

function group<const Key extends string>(
  subject: string,
  figures: Readonly<Record<Key, Declared>>,
): Readonly<Record<Key, Figure>> {
  const entries = Object.entries<Declared>(figures).map(([id, figure]) => [id, { subject, ...figure }]);
  return Object.fromEntries(entries) as Readonly<Record<Key, Figure>>;
}

/** Everything that is measured, in the order of the table, with what is aimed at. No aim stands anywhere else. */
export const FIGURES = {
  ...group('Collector, 100 streams + 100 readers, six protocols', {
    'collector-100-cpu': cpuATick(atMost(20), atMostTimes(2)),
    'collector-100-memory': memory('plain loop', atMost(90)),
    'collector-100-complete': complete,
  }),
  ...group('Collector, 1000 + 1000', {
    'collector-1000-cpu': cpuATick(atMost(60)),
    'collector-1000-memory': memory('plain loop', atMostTimes(1)),
    'collector-1000-complete': complete,
  }),
  ...group('Collector, 10,000 + 10,000', {
    'collector-10000-cpu': cpuATick(atMost(450)),
    'collector-10000-memory': memory('plain loop', atMost(400)),
    'collector-10000-complete': complete,
  }),
  ...group('Collector, 100 streams of SRT and RTSP only', {
    'collector-requests': {
      what: 'requests for lists a tick',
      unit: 'requests',
      beside: 'plain loop',
      aims: [atMost(5)],
    },
    'collector-questions': {
      what: 'requests about sources and forwards a tick',
      unit: 'requests',
      aims: [atMost(20)],
    },
  }),
  ...group('Redis, 1000 + 1000, nobody subscribed', {
    'redis-unheard-commands': redisCommands,
    'redis-unheard-process': redisProcess,
  }),
  ...group('Redis, 1000 + 1000, a replica with one client', {
    'redis-followed-commands': redisCommands,
    'redis-followed-process': redisProcess,
  }),
  ...group('History of 100 streams', {
    'history-100-memory': ramAStream,
    'history-100-cpu': redisAnHour,
    'history-100-file': appended,
  }),
  ...group('History of 500 streams', {
    'history-500-memory': ramAStream,
    'history-500-cpu': redisAnHour,
    'history-500-file': appended,
  }),
  ...group('History of 2000 streams', {
    'history-2000-memory': ramAStream,
    'history-2000-cpu': redisAnHour,
    'history-2000-file': appended,
  }),
  ...group('History over REST', {
    'history-day': { what: '24 h of one stream, 99th percentile', unit: 'ms', aims: [atMost(5)] },
    'history-month': { what: '30 days of 100 streams, all at once', unit: 'ms', aims: [atMost(150)] },
  }),
  ...group('Collector with history, 1000 + 1000', {
    'history-tick': {
      what: 'processor time a tick',
      unit: 'ms',
      beside: 'without history',
      aims: [atMostTimes(1.1)],
    },
  }),
  ...group('Idle collector, one stream', {
    'idle-collector-cpu': idleCpu('plain loop'),
    'idle-collector-memory': memory('plain loop'),
    'idle-collector-start': start,
    'idle-collector-installed': installed,
  }),
  ...group('Idle API replica, one stream and no client', {
    'idle-api-cpu': idleCpu('plain subscriber', atMost(0.2)),
    'idle-api-memory': memory('plain subscriber'),
    'idle-api-start': start,
    'idle-api-installed': { ...installed, what: 'installed size without the page' },
  }),
  ...group('API replica, one stream and one client', {
    'idle-api-followed-cpu': idleCpu('plain subscriber'),
  }),
  ...group('Idle host agent', {
    'idle-host-agent-cpu': idleCpu('plain loop of /proc', atMost(0.2)),
    'idle-host-agent-memory': memory('plain loop of /proc'),
    'idle-host-agent-start': start,
    'idle-host-agent-installed': installed,
  }),
  ...group('Idle alerter, 100 streams', {
    'idle-alerter-cpu': idleCpu('plain loop of heads'),
    'idle-alerter-memory': memory('plain loop of heads'),
  }),
  ...group('Idle alerter, heads of 200 servers with 500 streams each', {
    'idle-alerter-fleet-cpu': idleCpu('plain loop of heads'),
    'idle-alerter-fleet-memory': memory('plain loop of heads'),
  }),
  ...group('REST, 1 stream, 64 connections', {
    'rest-1-rate': answers('bare node:http', atLeastTimes(0.85)),
    'rest-1-cpu': cpuAnAnswer,
    'rest-1-express': answers('Express with GET and parse'),
  }),
  ...group('REST, 100 streams', {
    'rest-100-rate': answers('bare node:http', atLeastTimes(0.85)),
    'rest-100-cpu': cpuAnAnswer,
    'rest-100-express': answers('Express with GET and parse'),
  }),
  ...group('REST, 1000 streams', {
    'rest-1000-rate': answers('bare node:http', atLeastTimes(0.85)),
    'rest-1000-cpu': cpuAnAnswer,
    'rest-1000-express': answers('Express with GET and parse'),
  }),
  ...group('WebSocket, 1000 clients, 100 streams', {
    'sockets-plain-cpu': delivered(atMostTimes(1)),
    'sockets-plain-size': messageSize,
    'sockets-plain-p99': p99('raw sockets'),
  }),
  ...group('The same with permessage-deflate', {
    'sockets-deflate-cpu': delivered(atMostTimes(0.6)),
    'sockets-deflate-size': messageSize,
    'sockets-deflate-p99': p99('raw sockets'),
  }),
  ...group('WebSocket, 5000 clients that only wait', {
    'waiting-memory': { ...memory('raw sockets', atMost(12)), what: 'memory of each', unit: 'kB' },
  }),
  ...group('WebSocket, 100 clients that never read beside 100 that do', {
    'stuck-memory': {
      what: 'memory they add in 40 messages',
      unit: 'MB',
      aims: [],
    },
    'stuck-p99': p99('without them'),
  }),
  ...group('Page, 1000 streams', {
    'page-script': {
      what: 'script a tick',
      unit: 'ms',
      beside: 'page that only parses',
      aims: [atMost(6)],
    },
    'page-thread': { what: 'main thread a tick', unit: 'ms', beside: 'page that only parses', aims: [] },
    'page-worker': { what: 'processor time of its worker a tick', unit: 'ms', aims: [] },
    'page-long-tasks': { what: 'tasks of more than 50 ms of processor time', unit: 'tasks', aims: [] },
    'page-heap': {
      what: 'heap of its scripts, with its worker',
      unit: 'MB',
      beside: 'page that only parses',
      aims: [],
    },
  }),
  ...group('Page, 1000 streams in groups, with ribbons', {
    'page-groups-script': {
      what: 'script a tick',
      unit: 'ms',
      beside: 'page that only parses',
      aims: [atMost(6)],
    },
    'page-groups-thread': {
      what: 'main thread a tick',
      unit: 'ms',
      beside: 'page that only parses',
      aims: [],
    },
    'page-groups-worker': { what: 'processor time of its worker a tick', unit: 'ms', aims: [] },
  }),
  ...group('Page, 10,000 rows scrolled for 300 frames', {
    'scroll-late': {
      what: 'late frames (> 1.5 × the usual)',
      unit: 'frames',
      beside: 'plain table',
      aims: [atMost(0)],
    },
    'scroll-thread': { what: 'main thread a frame', unit: 'ms', beside: 'plain table', aims: [] },
  }),
  ...group('Page, 100 streams', {
    'page-first': { what: 'first rows', unit: 'ms', beside: 'page of one line', aims: [atMost(500)] },
    'page-first-groups': {
      what: 'first rows in groups',
      unit: 'ms',
      beside: 'page of one line',
      aims: [atMost(500)],
    },
    'page-bytes': { what: 'script loaded by then, gzip', unit: 'kB', aims: [atMost(95)] },
  }),
};

export type FigureId = keyof typeof FIGURES;

/** What some part measured. */
export type Readings = Readonly<Partial<Record<FigureId, Reading>>>;
