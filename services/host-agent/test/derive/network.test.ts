import { describe, expect, test } from '@jest/globals';
import { deriveNetwork } from '../../src/derive/network.ts';
import { interfaceFacts } from '../support/observations.ts';

const ELAPSED_MS = 5_000;
const UNKNOWN = {
  inboundMbps: null,
  outboundMbps: null,
  inboundErrorsPerSecond: null,
  outboundErrorsPerSecond: null,
  inboundDropsPerSecond: null,
  outboundDropsPerSecond: null,
};

test('decimal megabits and packets a second since the look before', () => {
  const before = interfaceFacts({ inboundBytes: 1_000, outboundErrors: 5 });
  const now = interfaceFacts({
    inboundBytes: 12_501_000,
    outboundBytes: 625,
    outboundErrors: 6,
    inboundDrops: 10,
  });
  const rates = {
    inboundMbps: 20,
    outboundMbps: 0.001,
    inboundErrorsPerSecond: 0,
    outboundErrorsPerSecond: 0.2,
    inboundDropsPerSecond: 2,
    outboundDropsPerSecond: 0,
  };
  expect(deriveNetwork([before], [now], ELAPSED_MS)).toEqual({
    ...rates,
    interfaces: [{ name: 'eth0', ...rates }],
  });
});

test('in all it is the sum of those that are known', () => {
  const before = [interfaceFacts(), interfaceFacts({ name: 'eth1', inboundBytes: 9_000_000 })];
  const now = [
    interfaceFacts({ inboundBytes: 1_250_000 }),
    interfaceFacts({ name: 'eth1', inboundBytes: 100, outboundBytes: 625_000 }),
    interfaceFacts({ name: 'usb0', inboundBytes: 5_000_000 }),
  ];
  const network = deriveNetwork(before, now, ELAPSED_MS);
  expect(network).toMatchObject({ inboundMbps: 2, outboundMbps: 1 });
  expect(network.interfaces?.map(({ name, inboundMbps }) => [name, inboundMbps])).toEqual([
    ['eth0', 2],
    ['eth1', null],
    ['usb0', null],
  ]);
});

test('a counter of 64 bits that is nearly full', () => {
  const before = interfaceFacts({ inboundBytes: 2 ** 60 });
  const now = interfaceFacts({ inboundBytes: 2 ** 60 + 125_000_192 });
  expect(deriveNetwork([before], [now], ELAPSED_MS).inboundMbps).toBe(200);
});

describe('unknown is all', () => {
  test('at the first look, though the interfaces are named', () => {
    expect(deriveNetwork(null, [interfaceFacts()], 0)).toEqual({
      ...UNKNOWN,
      interfaces: [{ name: 'eth0', ...UNKNOWN }],
    });
  });

  test('when the counters began anew or wrapped', () => {
    const full = interfaceFacts({
      inboundBytes: 4_294_967_000,
      outboundBytes: 9,
      inboundErrors: 9,
      outboundErrors: 9,
      inboundDrops: 9,
      outboundDrops: 9,
    });
    expect(deriveNetwork([full], [interfaceFacts()], ELAPSED_MS)).toMatchObject(UNKNOWN);
  });

  test('when no time has passed', () => {
    expect(deriveNetwork([interfaceFacts()], [interfaceFacts()], 0)).toMatchObject(UNKNOWN);
  });

  test('when the kernel has no such column', () => {
    const facts = interfaceFacts({ inboundBytes: null });
    expect(deriveNetwork([facts], [facts], ELAPSED_MS)).toMatchObject({ inboundMbps: null, outboundMbps: 0 });
  });

  test('when the network can’t be seen, or there is none', () => {
    expect(deriveNetwork([interfaceFacts()], null, ELAPSED_MS)).toEqual({ ...UNKNOWN, interfaces: null });
    expect(deriveNetwork([], [], ELAPSED_MS)).toEqual({ ...UNKNOWN, interfaces: [] });
  });
});
