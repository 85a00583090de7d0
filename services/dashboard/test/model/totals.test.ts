import { describe, expect, test } from '@jest/globals';
import { fleetTotals } from '../../src/model/totals.ts';
import { fleet, snapshot, totals } from '../support/records.ts';

const two = fleet(
  snapshot([], { totals: totals({ streams: 3, inboundMbps: 1.5 }) }),
  snapshot([], { server: 'b', totals: totals({ streams: 4, inboundMbps: 2 }) }),
);

describe('sums over the fleet', () => {
  test('add up', () => {
    expect(fleetTotals(two.servers, new Set())).toMatchObject({
      streams: { value: 7, complete: true },
      inboundMbps: { value: 3.5, complete: true },
      live: { value: 2, complete: true },
    });
  });

  test('a stale server adds nothing and makes them incomplete', () => {
    expect(fleetTotals(two.servers, new Set(['b'])).streams).toStrictEqual({ value: 3, complete: false });
  });

  test('nothing known is unknown, not zero', () => {
    const silent = fleet(
      snapshot([], {
        totals: {
          streams: null,
          readers: null,
          inboundMbps: null,
          outboundMbps: null,
          states: null,
          healths: null,
        },
      }),
    );
    expect(fleetTotals(silent.servers, new Set()).readers).toStrictEqual({ value: null, complete: false });
    expect(fleetTotals(silent.servers, new Set()).live).toStrictEqual({ value: null, complete: false });
  });

  test('where nothing is live, no rate is missing', () => {
    const states = { idle: 2, waiting: 0, live: 0, stalled: 0, standby: 0, unknown: 0 };
    const idle = fleet(snapshot([], { totals: totals({ states, inboundMbps: null }) }));
    expect(fleetTotals(idle.servers, new Set()).inboundMbps).toStrictEqual({ value: 0, complete: true });
  });
});
