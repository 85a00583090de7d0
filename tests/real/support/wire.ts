import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way of one connection to a server: it counts what passes, and can be held. */
export interface CountedWire {
  /** Port of 127.0.0.1 that the client connects to. */
  readonly port: number;
  /** What has passed in each direction, as far as MediaMTX counts it for the protocol. */
  readonly bytes: () => { readonly toServer: number; readonly toClient: number };
  /** Lets nothing that the client brings pass any more; the connection lives on. */
  readonly hold: () => void;
  readonly release: () => void;
  /** Ends the connection, so that the server notices at once. */
  readonly close: () => void;
}

const HOST = '127.0.0.1';
/** Headers of IPv4 and UDP, which count as much as what they carry. */
const UDP_HEADER_BYTES = 28;
/** First bit of an SRT packet that carries no media but controls the connection (SRT, 3). */
const SRT_CONTROL = 0x80;
const SRT_SHUTDOWN = 0x8005;
/** Where in a packet the socket stands that it is for, on the other side. */
const SRT_SOCKET_AT = 12;

/** Takes what passes in one direction, and tells how much of it counts. */
type ByteMeter = (piece: Buffer) => number;

const DOLLAR = 0x24;

/** RTSP over TCP (RFC 2326, 10.12): the packets of RTP and RTCP count, not what they are framed with, nor requests. */
function rtspMeter(): ByteMeter {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    let counted = 0;
    while (rest.length >= 4) {
      const isFrame = rest[0] === DOLLAR;
      const blank = isFrame ? -1 : rest.indexOf('\r\n\r\n');
      if (!isFrame && blank === -1) break;
      const head = isFrame ? 4 : blank + 4;
      const length = /content-length: *(\d+)/i.exec(rest.toString('latin1', 0, head))?.[1] ?? 0;
      const end = head + (isFrame ? rest.readUInt16BE(2) : Number(length));
      if (rest.length < end) break;
      if (isFrame) counted += end - head;
      rest = rest.subarray(end);
    }
    return counted;
  };
}

/** RTMP: all that passes counts. */
const rtmpMeter = (): ByteMeter => (piece) => piece.length;

const isMedia = (packet: Buffer): boolean => ((packet[0] ?? SRT_CONTROL) & SRT_CONTROL) === 0;

/** SRT: packets with media count, with all their headers, as often as they are sent. */
const srtMeter: ByteMeter = (packet) => (isMedia(packet) ? packet.length + UDP_HEADER_BYTES : 0);

/** A wire of TCP, for RTSP or RTMP. */
export async function tcpWire(protocol: 'rtsp' | 'rtmp', serverPort: number): Promise<CountedWire> {
  const bytes = { toServer: 0, toClient: 0 };
  const meter = protocol === 'rtsp' ? rtspMeter : rtmpMeter;
  const [toServer, toClient] = [meter(), meter()];
  const sockets: Socket[] = [];
  let near: Socket | undefined;
  const server = createServer((client) => {
    const far = connect(serverPort, HOST);
    near = client;
    sockets.push(client, far);
    for (const socket of [client, far]) socket.on('error', () => undefined);
    client.on('data', (chunk) => {
      bytes.toServer += toServer(chunk);
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      bytes.toClient += toClient(chunk);
      client.write(chunk);
    });
    client.on('close', () => far.destroy());
    far.on('close', () => client.destroy());
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    bytes: () => ({ ...bytes }),
    hold: () => void near?.pause(),
    release: () => void near?.resume(),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A wire of SRT. */
export async function srtWire(serverPort: number): Promise<CountedWire> {
  const bytes = { toServer: 0, toClient: 0 };
  const [near, far] = [createSocket('udp4'), createSocket('udp4')];
  let isHeld = false;
  let isClosed = false;
  let clientPort = 0;
  let serverSocket = 0;
  near.on('message', (packet, { port }) => {
    clientPort = port;
    serverSocket = packet.readUInt32BE(SRT_SOCKET_AT);
    // What is held is lost on the way: to pass it on later, all at once, would be too much for MediaMTX's socket.
    if (isClosed || (isHeld && isMedia(packet))) return;
    bytes.toServer += srtMeter(packet);
    far.send(packet);
  });
  far.on('message', (packet) => {
    if (isClosed) return;
    bytes.toClient += srtMeter(packet);
    near.send(packet, clientPort, HOST);
  });
  for (const socket of [near, far]) socket.on('error', () => undefined);
  near.bind(0, HOST);
  far.connect(serverPort, HOST);
  await Promise.all([once(near, 'listening'), once(far, 'connect')]);
  return {
    port: near.address().port,
    bytes: () => ({ ...bytes }),
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
    },
    close: () => {
      isClosed = true;
      const shutdown = Buffer.alloc(20);
      shutdown.writeUInt16BE(SRT_SHUTDOWN);
      shutdown.writeUInt32BE(serverSocket, SRT_SOCKET_AT);
      far.send(shutdown, () => far.close());
      near.close();
    },
  };
}
