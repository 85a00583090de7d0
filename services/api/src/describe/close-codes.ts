import { CLOSE_CODES } from '@mediamtx-monitor/types';

const MEANINGS: Readonly<Record<keyof typeof CLOSE_CODES, string>> = {
  serviceRestart: 'The service stops or restarts',
  badMessage: 'The client sent what isn’t known here',
  tokenRemoved: 'The token it came with was removed',
  tooManyMessages: 'The client sent too many messages in a second',
  ticketVoid: 'The ticket it came with holds no more: the key of tickets was changed',
  tooSlow: 'The client took nothing for too long',
  tooManyFilters: 'There was no room for the filter that the client asked for',
  tooManyRequests: 'The client’s address asked too often in a minute',
};
/** 4000–4099: the client should not come back as it is. */
const isFinal = (code: number): boolean => code >= 4_000 && code < 4_100;

/** A table of the WebSocket's close codes, for people (Markdown). */
export function closeCodeTable(): string {
  const rows = Object.entries(MEANINGS).map(([name, meaning]) => {
    const code = CLOSE_CODES[name as keyof typeof CLOSE_CODES];
    return `| ${code} | ${meaning} | ${isFinal(code) ? 'no' : 'yes'} |`;
  });
  return ['| close code | meaning | come back |', '| --- | --- | --- |', ...rows].join('\n');
}
