import { isCounted } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { sourceProtocol } from '../model/link-kind.ts';
import { protocolName } from '../model/protocol.ts';
import { Facts } from '../ui/facts.tsx';

/** What the stream carries, and how much there was of it. */
export function MediaCard({ stream }: { readonly stream: StreamRecord }) {
  const { texts, format } = useDashboard();
  const words = texts.value.media;
  const isEmpty = stream.media.video === null && stream.media.audio === null && stream.tracks.length === 0;
  // What isn't live carries nothing, but did.
  const last = isEmpty ? (stream.last ?? null) : null;
  const { media, tracks } = last ?? stream;
  const { count, bytes } = format.value;
  const total = (value: number | null): string | null =>
    value === null || !isCounted(stream) ? null : bytes(value);
  const { video, audio, others } = media;
  const size = video === null || video.width === null ? null : `${video.width} × ${video.height ?? ''}`;
  const source = sourceProtocol(stream);
  const nothing =
    stream.state === 'unknown' || stream.state === 'live' ? texts.value.before.mediaNotKnown : words.none;
  const profile = [video?.profile, video?.level].filter((part) => typeof part === 'string').join(', ');
  return (
    <section class="card" aria-labelledby="media-title">
      <h3 id="media-title">{words.title}</h3>
      {isEmpty && <p class="muted">{last === null ? nothing : texts.value.before.media}</p>}
      <Facts
        facts={[
          [
            words.video,
            video === null ? null : [video.codec, size].filter((part) => part !== null).join(', '),
          ],
          [words.profile, profile === '' ? null : profile],
          [words.audio, audio?.codec ?? null],
          [words.sampleRate, audio?.sampleRate == null ? null : `${count(audio.sampleRate)} Hz`],
          [words.channels, audio?.channels == null ? null : count(audio.channels)],
          [words.others, others.length === 0 ? null : others.join(', ')],
          [words.tracks, video === null && audio === null && tracks.length > 0 ? tracks.join(', ') : null],
          [words.source, source === null ? null : protocolName(source)],
          [words.received, total(stream.bytesReceived)],
          [words.sent, total(stream.bytesSent)],
          [words.restarts, stream.restarts === null ? null : count(stream.restarts)],
          [words.damaged, stream.framesInError === null ? null : count(stream.framesInError)],
        ]}
      />
    </section>
  );
}
