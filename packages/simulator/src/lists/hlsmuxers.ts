import type { MemberNames } from '../versions/version.ts';
import { goTime } from '../world/go-time.ts';
import type { Muxer } from '../world/model.ts';
import { noise } from '../world/random.ts';
import { goString } from './go-string.ts';
import { hlsBytes } from './hlssessions.ts';
import { defineList, type SimulatedList } from './list.ts';
import { numbers } from './numbers.ts';

/** Somebody asks a muxer for something about so often. */
const REQUEST_EVERY_MS = 1_000;

const sent = numbers<Muxer, 'outboundBytes'>({
  moving: ['outboundBytes'],
  read: ({ viewers }, nowMs) => ({
    outboundBytes: viewers.reduce((sum, viewer) => sum + hlsBytes(viewer, nowMs), 0),
  }),
});

/** What makes HLS of a stream: one for each that somebody views, oldest first. */
export function hlsmuxers(members: MemberNames): SimulatedList {
  return defineList<Muxer>(members, {
    rows: (world) => world.muxers,
    texts: {
      path: ({ path }) => goString(path),
      created: ({ created }) => `"${created}"`,
      lastRequest: (muxer, nowMs) => {
        const request = requestNumber(muxer, nowMs);
        const atMs = (request - muxer.phase) * REQUEST_EVERY_MS;
        return `"${goTime(muxer.calendar, atMs, noise(request, 0))}"`;
      },
    },
    numbers: sent,
    stamp: requestNumber,
  });
}

/** The newest request's number. */
function requestNumber({ phase }: Muxer, nowMs: number): number {
  return Math.floor(nowMs / REQUEST_EVERY_MS + phase);
}
