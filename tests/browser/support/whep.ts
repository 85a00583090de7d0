import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { atEnd } from './at-end.ts';
import { browser } from './chromium.ts';

/** What a publisher does in its page: a picture that moves, sent to whoever offers to take it. */
const PUBLISH = `
const canvas = document.body.appendChild(document.createElement('canvas'));
const picture = canvas.getContext('2d');
setInterval(() => {
  picture.fillStyle = 'hsl(' + (performance.now() % 360) + ' 80% 50%)';
  picture.fillRect(0, 0, canvas.width, canvas.height);
}, 50);
const stream = canvas.captureStream(20);
window.peers = [];
window.answer = async (offer) => {
  const peer = new RTCPeerConnection();
  window.peers.push(peer);
  stream.getTracks().forEach((track) => peer.addTrack(track, stream));
  await peer.setRemoteDescription({ type: 'offer', sdp: offer });
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
  return peer.localDescription.sdp;
};`;

/** A media server that plays one picture over WHEP: a page of the same browser sends it. */
export interface WhepServer {
  readonly url: string;
  /** How many have asked. */
  readonly asked: () => number;
  /** From now on nobody gets an answer. */
  readonly fallSilent: () => void;
  /** From now on all are asked for a login. */
  readonly refuse: () => void;
  /** Ends what is sent, as a media server does when its publisher has gone. */
  readonly end: () => Promise<void>;
  /** State of each connection, as the sending side sees it. */
  readonly states: () => Promise<readonly string[]>;
}

export async function startWhep(): Promise<WhepServer> {
  const context = await (await browser()).newContext();
  atEnd(() => context.close());
  const publisher: Page = await context.newPage();
  await publisher.evaluate(PUBLISH);
  let asked = 0;
  let isSilent = false;
  let isClosed = false;
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    asked += 1;
    if (isSilent) return;
    if (isClosed) {
      response.writeHead(401).end();
      return;
    }
    void request.toArray().then(async (chunks) => {
      const offer = Buffer.concat(chunks as Buffer[]).toString();
      const answer = await publisher.evaluate<string>(`answer(${JSON.stringify(offer)})`);
      response.writeHead(201, { 'Content-Type': 'application/sdp' }).end(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    fallSilent: () => {
      isSilent = true;
    },
    refuse: () => {
      isClosed = true;
    },
    end: () => publisher.evaluate('peers.forEach((peer) => peer.close())'),
    states: () => publisher.evaluate('peers.map((peer) => peer.connectionState)'),
  };
}
