import type { Fault as MediamtxFault } from '@mediamtx-monitor/simulator';
import type { InjectedFault } from './support/fault.ts';
import type { Network } from './support/tcp-relay.ts';

/** MediaMTX itself, as the simulator can be. */
const mediamtx =
  (fault: MediamtxFault): InjectedFault['begin'] =>
  async (stage) => {
    await stage.mediamtx.setFault(fault);
    return () => stage.mediamtx.setFault(null);
  };

/** The way to it. */
const network =
  (how: Network): InjectedFault['begin'] =>
  (stage) => {
    stage.toMediamtx.be(how);
    return Promise.resolve(() => {
      stage.toMediamtx.be('whole');
      return Promise.resolve();
    });
  };

/** What may be wrong with MediaMTX, and with the way to it. */
export const FAULTS_OF_SOURCES: readonly InjectedFault[] = [
  { name: 'MediaMTX is down', begin: mediamtx({ kind: 'down' }), shows: { source: 'down', stale: true } },
  { name: 'MediaMTX hangs', begin: mediamtx({ kind: 'hang' }), shows: { source: 'timeout', stale: true } },
  {
    name: 'MediaMTX refuses',
    begin: mediamtx({ kind: 'unauthorized' }),
    shows: { source: 'unauthorized', stale: true },
  },
  {
    name: 'MediaMTX answers garbage',
    begin: mediamtx({ kind: 'html' }),
    shows: { source: 'invalid', stale: true },
  },
  {
    name: 'MediaMTX answers half',
    begin: mediamtx({ kind: 'status', status: 500, list: 'srtconns' }),
    shows: { source: 'up', stale: false },
  },
  {
    name: 'MediaMTX is restarted',
    begin: async (stage) => {
      await stage.mediamtx.setFault({ kind: 'down' });
      for (const name of stage.mediamtx.streamNames()) stage.mediamtx.setStreamLive(name, false);
      return async () => {
        for (const name of stage.mediamtx.streamNames()) stage.mediamtx.setStreamLive(name, true);
        await stage.mediamtx.setFault(null);
      };
    },
    shows: { source: 'down', stale: true },
  },
  { name: 'the way to MediaMTX is cut', begin: network('cut'), shows: { stale: true } },
  {
    name: 'the way to MediaMTX is slow',
    begin: network({ delayMs: 100 }),
    shows: { source: 'up', stale: false },
  },
  {
    name: 'MediaMTX gets questions, no answer comes',
    begin: network('one-way'),
    shows: { source: 'timeout', stale: true },
  },
];
