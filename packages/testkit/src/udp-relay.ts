import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

const HOST = '127.0.0.1';
const PERCENT = 100;

export interface UdpRelayOptions {
  /** Port of 127.0.0.1 that packets are passed on to. */
  readonly targetPort: number;
  /** How many packets are lost, 0 to 100; none where left out. */
  readonly lossPercent?: number;
  /** Which packets may get lost: those to the server (as where left out), or those to the clients also. */
  readonly lossDirection?: 'to-server' | 'both';
  /** How long a packet takes in each direction, in ms; 0 where left out. */
  readonly delayMs?: number;
  /** 0 to below 1, as of Math.random; a seeded one makes losses repeatable. Asked once for each packet that may get lost. */
  readonly random: () => number;
}

/** Packets of one direction since the start. */
export interface RelayedPackets {
  readonly passed: number;
  readonly dropped: number;
}

/** A link of UDP packets that is slow and lossy as wanted, for any number of clients. */
export interface UdpRelay {
  /** Port of 127.0.0.1 that clients send to. */
  readonly port: number;
  readonly setLoss: (lossPercent: number) => void;
  readonly packets: () => { readonly toServer: RelayedPackets; readonly toClients: RelayedPackets };
  /** Closes all sockets; packets under way are lost. */
  readonly close: () => Promise<void>;
}

async function bind(socket: Socket): Promise<void> {
  const listening = once(socket, 'listening');
  socket.bind(0, HOST);
  await listening;
}

async function shut(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.close();
  await closed;
}

/** Starts a relay on a free port of 127.0.0.1. Each client gets a socket of its own towards the server. */
export async function startUdpRelay(options: UdpRelayOptions): Promise<UdpRelay> {
  const { targetPort, lossDirection = 'to-server', delayMs = 0, random } = options;
  let lossPercent = options.lossPercent ?? 0;
  const front = createSocket('udp4');
  const upstreams = new Map<string, Socket>();
  const underWay = new Set<NodeJS.Timeout>();
  const toServer = { passed: 0, dropped: 0 };
  const toClients = { passed: 0, dropped: 0 };

  const isLost = (): boolean => random() * PERCENT < lossPercent;

  // Timers of the same length fire in the order in which they were set: so packets keep theirs.
  const later = (send: () => void): void => {
    const timer = setTimeout(() => {
      underWay.delete(timer);
      send();
    }, delayMs);
    underWay.add(timer);
  };

  const pass = (count: { passed: number; dropped: number }, mayGetLost: boolean, send: () => void): void => {
    if (mayGetLost && isLost()) {
      count.dropped += 1;
      return;
    }
    count.passed += 1;
    if (delayMs === 0) send();
    else later(send);
  };

  function upstreamOf(client: RemoteInfo): Socket {
    const key = `${client.address}:${client.port}`;
    const known = upstreams.get(key);
    if (known !== undefined) return known;
    const upstream = createSocket('udp4');
    upstreams.set(key, upstream);
    upstream.on('message', (packet) => {
      pass(toClients, lossDirection === 'both', () => {
        front.send(packet, client.port, client.address);
      });
    });
    return upstream;
  }

  front.on('message', (packet, client) => {
    const upstream = upstreamOf(client);
    pass(toServer, true, () => {
      upstream.send(packet, targetPort, HOST);
    });
  });

  await bind(front);
  return {
    port: front.address().port,
    setLoss: (percent) => {
      lossPercent = percent;
    },
    packets: () => ({ toServer: { ...toServer }, toClients: { ...toClients } }),
    close: async () => {
      for (const timer of underWay) clearTimeout(timer);
      await Promise.all([front, ...upstreams.values()].map(shut));
    },
  };
}
