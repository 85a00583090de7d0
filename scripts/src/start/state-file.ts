import { basename } from 'node:path';

/** What may stand in a file's name; no two addresses of hosts become the same. */
const UNSAFE = /[^\w.-]/g;

/** Host, port and path of an address, without user and password. */
function placeOf(address: string): string {
  const { protocol, hostname, port, pathname } = new URL(address);
  const defaultPort = protocol === 'https:' ? '443' : '80';
  return `${hostname}-${port === '' ? defaultPort : port}${pathname.replace(/\/+$/, '')}`;
}

/**
 * Name of the file in which a Redis of our own keeps what happened: one for each source, since the streams of one are gone
 * in another's list, and what was simulated isn't the past of a server that is there. Pure.
 * @param watchedUrl address of the MediaMTX that is watched; `null` = the simulator
 * @param replay the file that the simulator replays; `null` = none
 */
export function stateFileName(watchedUrl: string | null, replay: string | null): string {
  const replayed = replay === null ? 'simulated' : `simulated-${basename(replay)}`;
  const source = watchedUrl === null ? replayed : `monitored-${placeOf(watchedUrl)}`;
  return `${source.replace(UNSAFE, '-')}.rdb`;
}
