import { EXIT_CODES } from '@mediamtx-monitor/types';
import type { Origin } from './plan.ts';
import type { RedisAnswer } from './probe-redis.ts';
import type { ProgramExit } from './program.ts';
import type { StartVerdict } from './verdict.ts';

/** Which Redis is used, and why. */
export function redisText(
  origin: Origin,
  answer: RedisAnswer,
  defaultUrl: string,
  ownUrl: string | null,
): string {
  if (origin === 'configured') return 'Redis:    the one that REDIS_URL names.';
  if (origin === 'found') return `Redis:    the one at ${defaultUrl}.`;
  const why =
    answer === 'refuses'
      ? `the one at ${defaultUrl} wants a password; to use it, set REDIS_URL in .env`
      : `none answers at ${defaultUrl}`;
  return `Redis:    a private one for this run at ${ownUrl ?? 'a free port'} (${why}).`;
}

/** Where a private Redis keeps what happened. */
export function keptText(file: string): string {
  return `          Events, sessions and history stay in ${file}; the next run goes on with them.`;
}

const OTHER_REDIS = 'start with REDIS_URL of a Redis of yours';

/** Why a private Redis can't keep what happened, and the ways out. */
export function stateUnusableText(path: string, why: string): string {
  return `${path} can't be used: ${why.replace(/\.$/, '')}; move it away to begin anew, or ${OTHER_REDIS}`;
}

/** The same, where another run has the file. */
export function stateInUseText(file: string): string {
  return `${file} is in use by the private Redis of another "make start"; end that one, or ${OTHER_REDIS}`;
}

/** A line of Redis's log that may tell why it ends: process, role (M once it is a server), time, level, text. */
const LOG_LINE = /^\d+:M .+? [#*.-] (?!WARNING|Server initialized)(.+)$/;

/** How a redis-server of our own ended: with the last two lines of its log, or of what else was said. */
export function redisEndingText({ code, signal, said }: ProgramExit): string {
  const lines = said.split('\n').filter((line) => line !== '');
  const logged = lines.flatMap((line) => LOG_LINE.exec(line)?.[1] ?? []);
  if (logged.length > 0) return `redis-server said: ${logged.slice(-2).join(' ')}`;
  if (lines.length > 0) return lines.slice(-2).join(' ');
  return `redis-server ended (${signal ?? `exit code ${code ?? 'unknown'}`})`;
}

/** Which MediaMTX is watched; says plainly when there is none. */
export function mediamtxText(origin: Origin, defaultUrl: string, replay: string | null): string[] {
  if (origin === 'configured') return ['MediaMTX: the one that the settings name.'];
  if (origin === 'found') return [`MediaMTX: the one at ${defaultUrl}.`];
  if (replay !== null) {
    return [
      `MediaMTX: none. These numbers are simulated: SIMULATOR_REPLAY has a simulator replay ${replay}.`,
    ];
  }
  return [
    `MediaMTX: none answers at ${defaultUrl}. These numbers are simulated: a simulator takes its place.`,
    '          Set MEDIAMTX_API_URL in .env to watch your own server (with "api: yes" in its mediamtx.yml).',
  ];
}

/** Says that a simulator's trouble is told to real people, where there may be any. */
export function alertsText(mediamtx: Origin, hasMonitorConfig: boolean): string[] {
  if (mediamtx !== 'own' || !hasMonitorConfig) return [];
  return [
    'Alerts:   whom MONITOR_CONFIG names under "notify" is told of simulated trouble now, marked "(simulated)".',
  ];
}

/** The address at which a service that listens on `host` is reached from this machine. */
export function localAuthority(host: string, port: number): string {
  if (host === '0.0.0.0') return `127.0.0.1:${port}`;
  if (host === '::') return `[::1]:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Where to look and what to try. */
export function welcomeText(authority: string, serverId: string, needsToken: boolean): string[] {
  const header = needsToken ? "-H 'Authorization: Bearer TOKEN' " : '';
  return [
    '',
    `  Dashboard  http://${authority}/`,
    `  Streams    http://${authority}/api/streams/latest`,
    `  Servers    http://${authority}/api/servers`,
    `  Hosts      http://${authority}/api/hosts`,
    `  Events     http://${authority}/api/events`,
    `  Sessions   http://${authority}/api/sessions`,
    `  Alerts     http://${authority}/api/alerts`,
    `  Reports    http://${authority}/api/reports/availability`,
    `  History    http://${authority}/api/servers/${serverId}/history`,
    `  WebSocket  ws://${authority}/ws`,
    `  SSE        http://${authority}/api/live`,
    `  All of it  http://${authority}/api/docs`,
    '',
    `  Try  curl -s ${header}http://${authority}/api/streams/latest`,
    `       npx wscat ${header}-c ws://${authority}/ws`,
    '',
    '  Ctrl-C stops everything that was started here.',
    '',
  ];
}

const WAITING = {
  api: 'No data yet: the API does not answer.',
  redis: 'No data yet: Redis does not answer. Data will come as soon as it does; check REDIS_URL.',
  collector: 'No data yet: the collector has stored nothing; the lines above say why.',
} as const;

const GUARDED =
  'The API answers only who brings a token (API_TOKENS or API_TOKENS_FILE is set), so that this start does not see whether ' +
  'data flow: the lines of the collector say so, and what stands above does with your token in place of TOKEN. ' +
  '"make token NAME=me" makes one.';

/** A verdict as text. */
export function verdictText(verdict: StartVerdict): string {
  if (verdict.kind === 'waiting') return WAITING[verdict.why];
  if (verdict.kind === 'guarded') return GUARDED;
  if (verdict.kind === 'source') {
    return `No new data (${verdict.status}). Data will come as soon as MediaMTX answers. ${verdict.error}`;
  }
  const streams = `${verdict.streams} stream${verdict.streams === 1 ? '' : 's'}`;
  return `Data is flowing: ${streams}${verdict.simulated ? ', simulated' : ''}.`;
}

/** What to say of a program that ended by itself. */
export function endingText(name: string, ending: ProgramExit): string {
  if (ending.failure !== null) return `${name} could not be run: ${ending.failure}`;
  if (ending.signal !== null) return `${name} was ended by ${ending.signal}; stopping the rest`;
  if (ending.code === EXIT_CODES.wrongSetting) {
    return `${name} did not start because of a wrong setting (see the lines above); stopping the rest`;
  }
  const why = ending.said === '' ? 'see the lines above' : redisEndingText(ending);
  return `${name} ended by itself (exit code ${ending.code ?? 'unknown'}, ${why}); stopping the rest`;
}
