import { joinMessage, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { alertsAt, alertsHeadAt, notificationsAt } from './alerts.ts';
import { CONNECTIONS, eventsAt, headAt, HOST, hostsHeadAt, sessionAt, STREAMS } from './snapshot.ts';

const TICK_MS = 500;

/**
 * Publishes a tick of a server and of a host to Redis every half second, as collector and host agent do, and alerts as the
 * alerter does, after what happened before. Ends with the function returned.
 */
export async function publishTicks(url: string, prefix: string): Promise<() => Promise<void>> {
  const redis = new Redis(url);
  const names = redisNames(prefix);
  const epoch = Date.now();
  let seq = 0;
  async function publish(): Promise<void> {
    seq += 1;
    const head = headAt(Date.now(), epoch, seq);
    const headJson = JSON.stringify(head);
    const [streams, connections] = [JSON.stringify(STREAMS), JSON.stringify(CONNECTIONS)];
    const connectionsHead = JSON.stringify({ ...head, type: 'connections' });
    const hostsHead = hostsHeadAt(Date.now(), epoch, seq);
    const hostsMessage = joinMessage('hosts', JSON.stringify(hostsHead), JSON.stringify([HOST]));
    const alertsHead = alertsHeadAt(Date.now(), epoch, seq);
    const alertsMessage = joinMessage('alerts', JSON.stringify(alertsHead), JSON.stringify(alertsAt(epoch)));
    await redis
      .multi()
      .set(names.alertsLatest, alertsMessage)
      .publish(names.channel('alerts'), alertsMessage)
      .set(names.latest('streams', head.server), streams)
      .set(names.latest('connections', head.server), connections)
      .set(names.streamsMeta(head.server), headJson)
      .hset(names.servers, head.server, headJson)
      .publish(names.channel('streams'), joinMessage('streams', headJson, streams))
      .publish(names.channel('connections'), joinMessage('connections', connectionsHead, connections))
      .set(names.host(HOST.host), hostsMessage)
      .zadd(names.hostsSeen, Date.now(), HOST.host)
      .publish(names.channel('hosts'), hostsMessage)
      .exec();
  }
  for (const event of eventsAt(epoch)) await redis.xadd(names.events, '*', 'json', JSON.stringify(event));
  await redis.xadd(names.sessions, '*', 'json', JSON.stringify(sessionAt(epoch)));
  for (const each of notificationsAt(epoch)) {
    await redis.xadd(names.notifications, '*', 'json', JSON.stringify(each));
  }
  await publish();
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(publish);
  }, TICK_MS);
  return async () => {
    clearInterval(timer);
    await last;
    redis.disconnect();
  };
}
