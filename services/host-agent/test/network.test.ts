import { describe, expect, test } from '@jest/globals';
import { carriers, deriveNetwork, type InterfaceFacts, parseNetDev } from '../src/network.ts';
import { ARM_BOARD } from './support/arm-board.ts';
import { interfaceFacts } from './support/observations.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

const HEADING = `Inter-|   Receive                            |  Transmit
 face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier compressed
`;
const named = (name: string): InterfaceFacts => ({
  name,
  inboundBytes: 1,
  outboundBytes: 1,
  inboundErrors: 0,
  outboundErrors: 0,
  inboundDrops: 0,
  outboundDrops: 0,
});

test('a virtual machine', () => {
  const facts = parseNetDev(VIRTUAL_MACHINE['proc/net/dev'] ?? '');
  expect(facts.map(({ name }) => name)).toStrictEqual(['lo', 'ifb0', 'ifb1', 'eth0']);
  expect(facts[3]).toStrictEqual({
    ...named('eth0'),
    inboundBytes: 628_594_257,
    outboundBytes: 2_021_811,
  });
});

test('errors and drops, each in its direction', () => {
  const facts = parseNetDev(ARM_BOARD['proc/net/dev'] ?? '');
  expect(facts.find(({ name }) => name === 'eth0')).toMatchObject({
    inboundErrors: 3,
    inboundDrops: 12,
    outboundErrors: 1,
    outboundDrops: 2,
  });
});

test('a large counter with no space before it, as old kernels print it', () => {
  const [eth0] = parseNetDev(`${HEADING}  eth0:4294967295 1 2 3 0 0 0 0 7 8 9 10 0 0 0 0\n`);
  expect(eth0).toMatchObject({
    name: 'eth0',
    inboundBytes: 4_294_967_295,
    outboundBytes: 7,
    outboundDrops: 10,
  });
});

test('an alias, whose name holds a colon', () => {
  const [alias] = parseNetDev(`${HEADING}eth0:1: 5 0 0 0 0 0 0 0 6 0 0 0 0 0 0 0\n`);
  expect(alias).toMatchObject({ name: 'eth0:1', inboundBytes: 5, outboundBytes: 6 });
});

test('a counter beyond 2^53', () => {
  const [eth0] = parseNetDev(`${HEADING} eth0: 18446744073709551615 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0\n`);
  expect(eth0?.inboundBytes).toBe(2 ** 64);
});

test('columns that a kernel doesn’t have are unknown', () => {
  const text = `Inter-| Receive | Transmit
 face |packets errs drop fifo frame|packets errs drop fifo colls carrier
  eth0: 10 1 2 0 0 20 3 4 0 0 0
`;
  expect(parseNetDev(text)).toStrictEqual([
    {
      name: 'eth0',
      inboundBytes: null,
      outboundBytes: null,
      inboundErrors: 1,
      outboundErrors: 3,
      inboundDrops: 2,
      outboundDrops: 4,
    },
  ]);
});

test('a line that breaks off leaves the rest unknown', () => {
  const [eth0] = parseNetDev(`${HEADING} eth0: 5 1 0`);
  expect(eth0).toMatchObject({ inboundBytes: 5, inboundErrors: 0, inboundDrops: null, outboundBytes: null });
});

test.each(['', '\n\n', HEADING, 'no network here', '\n\n:\n : 1 2 3\n'])('%j has no interfaces', (text) => {
  expect(parseNetDev(text)).toStrictEqual([]);
});

describe('the interfaces that carry the host’s traffic', () => {
  const shown = (names: readonly string[], devices: readonly string[]): string[] =>
    carriers(names.map(named), new Set(devices)).map(({ name }) => name);

  test('are those with a device', () => {
    expect(
      shown(['lo', 'bond0', 'eno1', 'eno2', 'veth1a2b', 'br-12'], ['eno1', 'eno2', 'gone0']),
    ).toStrictEqual(['eno1', 'eno2']);
  });

  test('even if their names look virtual', () => {
    expect(shown(['lo', 'tap-uplink'], ['tap-uplink'])).toStrictEqual(['tap-uplink']);
  });

  test('or, where no devices are seen, those whose names are not of virtual ones', () => {
    const real = ['eth0', 'enp3s0', 'wlan0', 'wwan0', 'venet0', 'usb0', 'lora0', 'ens5', 'end0', 'wlp2s0'];
    const virtual = [
      ...['lo', 'veth12ab', 'docker0', 'docker_gwbridge', 'br-0a1b2c', 'br0', 'virbr0', 'vmbr0', 'vnet3'],
      ...['tun0', 'tap1', 'wg0', 'tailscale0', 'bond0', 'team0', 'eth0.20', 'eth0:1', 'eth0@if7', 'vlan20'],
      ...['cni0', 'cali123', 'flannel.1', 'dummy0', 'ifb0', 'sit0', 'gre0', 'ip6tnl0', 'podman0', 'lxcbr0'],
    ];
    expect(shown([...virtual, ...real], [])).toStrictEqual(real);
  });

  test('are none when there are none', () => {
    expect(shown(['lo'], [])).toStrictEqual([]);
  });
});

describe('rates', () => {
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
    expect(deriveNetwork([before], [now], ELAPSED_MS)).toStrictEqual({
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
    expect(network.interfaces?.map(({ name, inboundMbps }) => [name, inboundMbps])).toStrictEqual([
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
      expect(deriveNetwork(null, [interfaceFacts()], 0)).toStrictEqual({
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
      expect(deriveNetwork([facts], [facts], ELAPSED_MS)).toMatchObject({
        inboundMbps: null,
        outboundMbps: 0,
      });
    });

    test('when the network can’t be seen, or there is none', () => {
      expect(deriveNetwork([interfaceFacts()], null, ELAPSED_MS)).toStrictEqual({
        ...UNKNOWN,
        interfaces: null,
      });
      expect(deriveNetwork([], [], ELAPSED_MS)).toStrictEqual({ ...UNKNOWN, interfaces: [] });
    });
  });
});
