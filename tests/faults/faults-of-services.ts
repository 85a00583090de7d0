import type { Running } from '../support/running.ts';
import { type InjectedFault, TAKEOVER } from './support/fault.ts';

const nothing = (): Promise<void> => Promise.resolve();
const SEVERAL = 8;

/** What may happen to our own processes. One of two collectors polls, the other one stands by. */
export const FAULTS_OF_SERVICES: readonly InjectedFault[] = [
  {
    name: 'a collector is killed',
    begin: async (stage) => {
      const holder = await stage.holder();
      await holder.now().kill();
      return holder.start;
    },
    shows: { source: 'up', stale: false },
  },
  {
    name: 'a collector is frozen',
    begin: async (stage) => {
      const holder = await stage.holder();
      holder.now().freeze();
      return () => {
        holder.now().thaw();
        return nothing();
      };
    },
    shows: { source: 'up', stale: false },
  },
  {
    name: 'a collector is stopped in order',
    begin: async (stage) => {
      const holder = await stage.holder();
      await holder.now().stop();
      return holder.start;
    },
    shows: { source: 'up', stale: false },
  },
  {
    name: 'both collectors are killed',
    begin: async (stage) => {
      for (const collector of stage.collectors) await collector.now().kill();
      return async () => {
        for (const collector of stage.collectors) await collector.start();
      };
    },
    shows: { stale: true },
    silentIntervals: TAKEOVER,
  },
  {
    name: 'ten collectors',
    begin: async (stage) => {
      const more: Running[] = [];
      for (let one = 0; one < SEVERAL; one += 1) more.push(await stage.addCollector());
      return async () => {
        await Promise.all(more.map((collector) => collector.kill()));
      };
    },
    shows: { source: 'up', stale: false },
    silentIntervals: TAKEOVER,
  },
  {
    name: 'an API is killed',
    begin: async (stage) => {
      await stage.apis[1].now().kill();
      return stage.apis[1].start;
    },
    shows: { source: 'up', stale: false },
    hit: ['two'],
  },
];
