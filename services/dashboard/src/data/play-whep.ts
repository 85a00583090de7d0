import { type Playback, PlayError } from './playback.ts';

/** Candidates that take longer aren't worth waiting for. */
const GATHER_MS = 1_500;
/** What MediaMTX answers when the stream has no codec that WebRTC knows. */
const BAD_REQUEST = 400;

/** Plays a stream over WebRTC (WHEP): one request brings the offer there and the answer back. */
export async function playWhep(url: string, { video, signal, onEnd }: Playback): Promise<void> {
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
    signal,
  });
  if (answer.status === BAD_REQUEST) throw new PlayError('codec');
  if (!answer.ok) throw PlayError.ofStatus(answer.status);
  const sdp = await answer.text();
  await peer.setRemoteDescription({ type: 'answer', sdp }).catch(() => {
    throw new PlayError('codec');
  });
  const lost = whenLost(peer);
  signal.throwIfAborted();
  video.srcObject = media;
  // It is pending until the first picture has come.
  await Promise.race([video.play(), lost.then(() => Promise.reject(new PlayError('no-media')))]);
  void lost.then(() => {
    onEnd(new PlayError('ended'));
  });
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

/** Resolves when the other side has closed the connection, or hasn't been heard of for long. */
function whenLost(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    peer.addEventListener('connectionstatechange', () => {
      if (peer.connectionState === 'failed' || peer.connectionState === 'closed') resolve();
    });
  });
}
