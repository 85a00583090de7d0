import { PlayError } from './play-error.ts';

/** Candidates that take longer aren't worth waiting for. */
const GATHER_MS = 1_500;
/** An answer, or a picture, that takes longer isn't coming. */
const CONNECT_MS = 8_000;

/**
 * Plays a stream over WebRTC (WHEP): one request brings the offer there and the answer back.
 * @returns when media is flowing
 * @throws {PlayError} when it can't be played
 */
export async function playWhep(url: string, video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  const peer = new RTCPeerConnection();
  signal.addEventListener('abort', () => {
    peer.close();
    video.srcObject = null;
  });
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.addTransceiver('audio', { direction: 'recvonly' });
  const media = new MediaStream();
  peer.addEventListener('track', ({ track }) => {
    media.addTrack(track);
  });
  await peer.setLocalDescription(await peer.createOffer());
  await gathered(peer);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp' },
    body: peer.localDescription?.sdp ?? '',
    signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]),
  });
  if (!answer.ok) throw PlayError.ofStatus(answer.status);
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  video.srcObject = media;
  await connected(peer);
  await video.play();
}

/** MediaMTX takes later candidates too, but those of one's own network are there at once. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, GATHER_MS);
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState === 'complete') resolve();
    });
  });
}

function connected(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      reject(new PlayError('no-media'));
    }, CONNECT_MS);
    peer.addEventListener('connectionstatechange', () => {
      if (peer.connectionState === 'connected') resolve();
      else if (peer.connectionState === 'failed') reject(new PlayError('no-media'));
    });
  });
}
