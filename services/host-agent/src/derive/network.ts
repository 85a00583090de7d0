import type { HostInterface, HostNetwork, HostTraffic } from '@mediamtx-monitor/types';
import type { InterfaceFacts } from '../facts.ts';
import { growth, perSecond, rounded } from './rates.ts';

const BITS_PER_BYTE = 8;
const BITS_PER_MEGABIT = 1_000_000;
const DECIMALS = 3;

function deriveInterface(
  before: InterfaceFacts | undefined,
  now: InterfaceFacts,
  elapsedMs: number,
): HostInterface {
  const rate = (count: (facts: InterfaceFacts) => number | null): number | null =>
    before === undefined ? null : perSecond(growth(count(before), count(now)), elapsedMs);
  const shown = (count: (facts: InterfaceFacts) => number | null): number | null =>
    rounded(rate(count), DECIMALS);
  const megabits = (count: (facts: InterfaceFacts) => number | null): number | null => {
    const bytes = rate(count);
    return bytes === null ? null : rounded((bytes * BITS_PER_BYTE) / BITS_PER_MEGABIT, DECIMALS);
  };
  return {
    name: now.name,
    inboundMbps: megabits((facts) => facts.inboundBytes),
    outboundMbps: megabits((facts) => facts.outboundBytes),
    inboundErrorsPerSecond: shown((facts) => facts.inboundErrors),
    outboundErrorsPerSecond: shown((facts) => facts.outboundErrors),
    inboundDropsPerSecond: shown((facts) => facts.inboundDrops),
    outboundDropsPerSecond: shown((facts) => facts.outboundDrops),
  };
}

/** Sum of those that are known; `null` when none is. */
function sumOf(
  interfaces: readonly HostInterface[],
  rate: (each: HostTraffic) => number | null,
): number | null {
  const known = interfaces.map(rate).filter((each) => each !== null);
  return known.length === 0
    ? null
    : rounded(
        known.reduce((sum, each) => sum + each, 0),
        DECIMALS,
      );
}

/** Traffic since the last tick, from proc/net/dev. */
export function deriveNetwork(
  before: readonly InterfaceFacts[] | null,
  now: readonly InterfaceFacts[] | null,
  elapsedMs: number,
): HostNetwork {
  const known = new Map(before?.map((facts) => [facts.name, facts]));
  const interfaces = now?.map((facts) => deriveInterface(known.get(facts.name), facts, elapsedMs)) ?? null;
  const total = (rate: (each: HostTraffic) => number | null): number | null => sumOf(interfaces ?? [], rate);
  return {
    inboundMbps: total((each) => each.inboundMbps),
    outboundMbps: total((each) => each.outboundMbps),
    inboundErrorsPerSecond: total((each) => each.inboundErrorsPerSecond),
    outboundErrorsPerSecond: total((each) => each.outboundErrorsPerSecond),
    inboundDropsPerSecond: total((each) => each.inboundDropsPerSecond),
    outboundDropsPerSecond: total((each) => each.outboundDropsPerSecond),
    interfaces,
  };
}
