import { adviseLatency, isCounted, type LatencyAdvice } from '@mediamtx-monitor/model';
import type { ConnectionRecord, Forward, Pull, StreamRecord } from '@mediamtx-monitor/types';
import type { Texts } from '../i18n/en.ts';
import { type Format, UNKNOWN } from '../i18n/format.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { stateWords } from '../i18n/stream-words.ts';
import { protocolName, sourceProtocol } from '../model/protocol.ts';
import { useDashboard } from '../ui/context.ts';
import { Facts, known } from '../ui/values.tsx';

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

/** How the server fetches the stream, and what MediaMTX says when it can't; its text is shown as text. */
export function PullCard({ pull }: { readonly pull: Pull }) {
  const words = useDashboard().texts.value.pull;
  const how = pull.onDemand === null ? words.notKnown : pull.onDemand ? words.onDemand : words.always;
  return (
    <section class="card" aria-labelledby="pull-title">
      <h3 id="pull-title">{words.title}</h3>
      <Facts
        facts={[
          [words.how, how],
          [words.state, pull.state == null ? null : stateWords(pull.state, words.states)],
          [words.error, pull.error],
        ]}
      />
    </section>
  );
}

/** Of a publisher over SRT, the latency worth setting, with the formula. */
export function LatencyCard({ publisher }: { readonly publisher: ConnectionRecord | undefined }) {
  const { texts, format } = useDashboard();
  if (publisher?.protocol !== 'srt') return null;
  const words = texts.value.advice;
  const { ms, percent, count } = format.value;
  const advice = adviseLatency(publisher);
  return (
    <section class="card" aria-labelledby="advice-title">
      <h3 id="advice-title">{words.title}</h3>
      <Facts
        facts={[
          [words.set, ms(publisher.srt.latencyMs)],
          [words.worth, advice === null ? null : ms(advice.latencyMs)],
        ]}
      />
      {advice === null ? (
        <p class="muted">{words.wait}</p>
      ) : (
        <>
          <p
            class={
              advice.comparison.kind === 'raise' || advice.comparison.kind === 'contradicted'
                ? 'words-warning'
                : undefined
            }
          >
            {comparisonWords(advice, texts.value, format.value)}
          </p>
          <p class="muted">{formula(advice, words, format.value)}</p>
          <p class="muted">{words.why(percent(advice.lossPercent), count(advice.roundTrips))}</p>
        </>
      )}
    </section>
  );
}

function comparisonWords({ comparison, latencyMs }: LatencyAdvice, texts: Texts, format: Format): string {
  const words = texts.advice;
  switch (comparison.kind) {
    case 'unknown':
      return words.notKnown;
    case 'raise':
      return words.raise(format.ms(latencyMs));
    case 'enough':
      return words.enough;
    case 'contradicted':
      return texts.contradicted(reasonWords(comparison.reason, texts, format));
  }
}

/** With tenths where there are any: else it wouldn't add up. */
function formula({ rttP95Ms, roundTrips }: LatencyAdvice, words: Texts['advice'], format: Format): string {
  const exact = (value: number): string => format.ms(value, Number.isInteger(value) ? 0 : 1);
  return words.formula(exact(rttP95Ms), format.count(roundTrips), exact(rttP95Ms * roundTrips));
}

/** Copies of the stream that MediaMTX sends on; what it says of them is shown as text. */
export function ForwardsCard({ forwards }: { readonly forwards: readonly Forward[] }) {
  const { texts, format } = useDashboard();
  const words = texts.value.forwards;
  const { unknown } = texts.value;
  const { decimal, bytes } = format.value;
  return (
    <section class="card connections" aria-labelledby="forwards-title">
      <h3 id="forwards-title">
        {words.title} <span class="muted">{format.value.count(forwards.length)}</span>
      </h3>
      <div class="scroll-sideways" tabIndex={0} role="group" aria-label={words.title}>
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{words.position}</th>
              <th scope="col">{words.protocol}</th>
              <th scope="col">{words.to}</th>
              <th scope="col">{words.state}</th>
              <th scope="col" class="number">
                {words.rate}
              </th>
              <th scope="col" class="number">
                {words.sent}
              </th>
              <th scope="col">{words.error}</th>
            </tr>
          </thead>
          <tbody>
            {forwards.map(({ position, protocol, remoteAddr, state, outboundMbps, outboundBytes, error }) => (
              <tr key={position}>
                <th scope="row">{position}</th>
                <td>{known(protocol === null ? UNKNOWN : protocolName(protocol.toLowerCase()), unknown)}</td>
                <td>{known(remoteAddr ?? UNKNOWN, unknown)}</td>
                <td class={state === 'error' ? 'words-warning' : undefined}>
                  {known(state == null ? UNKNOWN : stateWords(state, words.states), unknown)}
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
