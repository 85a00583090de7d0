import { adviseLatency, isCounted, type LatencyAdvice } from '@mediamtx-monitor/model';
import type { ConnectionRecord, Forward, Pull, StreamRecord } from '@mediamtx-monitor/types';
import type { Texts } from '../i18n/en/index.ts';
import { type Format, UNKNOWN } from '../i18n/format.ts';
import { reasonText } from '../i18n/reason-text.ts';
import { stateText } from '../i18n/stream-text.ts';
import { protocolName, sourceProtocol } from '../model/protocol.ts';
import { useDashboard } from '../ui/context.ts';
import { Facts, known } from '../ui/values.tsx';

/** What the stream carries, and how much there was of it. */
export function MediaCard({ stream }: { readonly stream: StreamRecord }) {
  const { texts, format } = useDashboard();
  const text = texts.value.media;
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
    stream.state === 'unknown' || stream.state === 'live' ? texts.value.before.mediaNotKnown : text.none;
  const profile = [video?.profile, video?.level].filter((part) => typeof part === 'string').join(', ');
  return (
    <section class="card" aria-labelledby="media-title">
      <h3 id="media-title">{text.title}</h3>
      {isEmpty && <p class="muted">{last === null ? nothing : texts.value.before.media}</p>}
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
          [text.damaged, stream.framesInError === null ? null : count(stream.framesInError)],
        ]}
      />
    </section>
  );
}

/** How the server fetches the stream, and what MediaMTX says when it can't; its text is shown as text. */
export function PullCard({ pull }: { readonly pull: Pull }) {
  const text = useDashboard().texts.value.pull;
  const how = pull.onDemand === null ? text.notKnown : pull.onDemand ? text.onDemand : text.always;
  return (
    <section class="card" aria-labelledby="pull-title">
      <h3 id="pull-title">{text.title}</h3>
      <Facts
        facts={[
          [text.how, how],
          [text.state, pull.state == null ? null : stateText(pull.state, text.states)],
          [text.error, pull.error],
        ]}
      />
    </section>
  );
}

/** Of a publisher over SRT, the latency worth setting, with the formula. */
export function LatencyCard({ publisher }: { readonly publisher: ConnectionRecord | undefined }) {
  const { texts, format } = useDashboard();
  if (publisher?.protocol !== 'srt') return null;
  const text = texts.value.advice;
  const { ms, percent, count } = format.value;
  const advice = adviseLatency(publisher);
  return (
    <section class="card" aria-labelledby="advice-title">
      <h3 id="advice-title">{text.title}</h3>
      <Facts
        facts={[
          [text.set, ms(publisher.srt.latencyMs)],
          [text.worth, advice === null ? null : ms(advice.latencyMs)],
        ]}
      />
      {advice === null ? (
        <p class="muted">{text.wait}</p>
      ) : (
        <>
          <p
            class={
              advice.comparison.kind === 'raise' || advice.comparison.kind === 'contradicted'
                ? 'words-warning'
                : undefined
            }
          >
            {comparisonText(advice, texts.value, format.value)}
          </p>
          <p class="muted">{formula(advice, text, format.value)}</p>
          <p class="muted">{text.why(percent(advice.lossPercent), count(advice.roundTrips))}</p>
        </>
      )}
    </section>
  );
}

function comparisonText({ comparison, latencyMs }: LatencyAdvice, texts: Texts, format: Format): string {
  const text = texts.advice;
  switch (comparison.kind) {
    case 'unknown':
      return text.notKnown;
    case 'raise':
      return text.raise(format.ms(latencyMs));
    case 'enough':
      return text.enough;
    case 'contradicted':
      return texts.contradicted(reasonText(comparison.reason, texts, format));
  }
}

/** With tenths where there are any: else it wouldn't add up. */
function formula({ rttP95Ms, roundTrips }: LatencyAdvice, text: Texts['advice'], format: Format): string {
  const exact = (value: number): string => format.ms(value, Number.isInteger(value) ? 0 : 1);
  return text.formula(exact(rttP95Ms), format.count(roundTrips), exact(rttP95Ms * roundTrips));
}

/** Copies of the stream that MediaMTX sends on; what it says of them is shown as text. */
export function ForwardsCard({ forwards }: { readonly forwards: readonly Forward[] }) {
  const { texts, format } = useDashboard();
  const text = texts.value.forwards;
  const { unknown } = texts.value;
  const { decimal, bytes } = format.value;
  return (
    <section class="card connections" aria-labelledby="forwards-title">
      <h3 id="forwards-title">
        {text.title} <span class="muted">{format.value.count(forwards.length)}</span>
      </h3>
      <div class="scroll-sideways" tabIndex={0} role="group" aria-label={text.title}>
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{text.position}</th>
              <th scope="col">{text.protocol}</th>
              <th scope="col">{text.to}</th>
              <th scope="col">{text.state}</th>
              <th scope="col" class="number">
                {text.rate}
              </th>
              <th scope="col" class="number">
                {text.sent}
              </th>
              <th scope="col">{text.error}</th>
            </tr>
          </thead>
          <tbody>
            {forwards.map(({ position, protocol, remoteAddr, state, outboundMbps, outboundBytes, error }) => (
              <tr key={position}>
                <th scope="row">{position}</th>
                <td>{known(protocol === null ? UNKNOWN : protocolName(protocol.toLowerCase()), unknown)}</td>
                <td>{known(remoteAddr ?? UNKNOWN, unknown)}</td>
                <td class={state === 'error' ? 'words-warning' : undefined}>
                  {known(state == null ? UNKNOWN : stateText(state, text.states), unknown)}
                </td>
                <td class="number">{known(decimal(outboundMbps), unknown)}</td>
                <td class="number">{known(bytes(outboundBytes), unknown)}</td>
                <td class="wrap">{error ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
