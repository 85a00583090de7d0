import { isCounted } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { protocolName, sourceProtocol } from '../../model/protocol.ts';
import { useDashboard } from '../../ui/context.ts';
import { Facts } from '../../ui/values.tsx';

/** What the stream carries, or did when it was last live, and how much there was of it. */
export function MediaCard({ stream }: { readonly stream: StreamRecord }) {
  const { texts, format } = useDashboard();
  const text = texts.value.media;
  const isEmpty = stream.media.video === null && stream.media.audio === null && stream.tracks.length === 0;
  // What isn't live carries nothing, but did.
  const last = isEmpty ? (stream.last ?? null) : null;
  const { media, tracks } = last ?? stream;
  if (isEmpty && last === null) return null;
  const { count, bytes } = format.value;
  const total = (value: number | null): string | null =>
    value === null || isEmpty || !isCounted(stream) ? null : bytes(value);
  const { video, audio, others } = media;
  const size = video === null || video.width === null ? null : `${video.width} × ${video.height ?? ''}`;
  const source = sourceProtocol(stream);
  const profile = [video?.profile, video?.level].filter((part) => typeof part === 'string').join(', ');
  return (
    <section class="card media" aria-labelledby="media-title">
      <h3 id="media-title">{text.title}</h3>
      {last !== null && <p class="muted">{texts.value.before.media}</p>}
      <Facts
        facts={[
          [
            text.video,
            video === null ? null : [video.codec, size].filter((part) => part !== null).join(', '),
          ],
          [text.profile, profile === '' ? null : profile],
          [text.audio, audio?.codec ?? null],
          [text.sampleRate, audio?.sampleRate == null ? null : `${count(audio.sampleRate)} Hz`],
          [text.channels, audio?.channels == null ? null : count(audio.channels)],
          [text.others, others.length === 0 ? null : others.join(', ')],
          [text.tracks, video === null && audio === null && tracks.length > 0 ? tracks.join(', ') : null],
          [text.source, source === null ? null : protocolName(source)],
          [text.received, total(stream.bytesReceived)],
          [text.sent, total(stream.bytesSent)],
          [text.restarts, stream.restarts === null ? null : count(stream.restarts)],
          [text.damaged, stream.framesInError === null || isEmpty ? null : count(stream.framesInError)],
        ]}
      />
    </section>
  );
}
