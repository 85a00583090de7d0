import { confNameOf } from '../lists/paths.ts';
import { isPulled, SIMULATED_SECRET, type PulledType, type Stream, type World } from '../world/model.ts';

/** Where cameras are: with what they demand, as MediaMTX tells it to whoever may use its API. */
const ADDRESSES: Readonly<Record<PulledType, string>> = {
  rtspSource: `rtsp://demo:${SIMULATED_SECRET}@192.0.2.40/cam`,
  rtmpSource: `rtmp://192.0.2.40/live/cam?user=demo&pass=${SIMULATED_SECRET}`,
  srtSource: `srt://192.0.2.40:8890?streamid=read:cam&passphrase=${SIMULATED_SECRET}`,
  webRTCSource: `whep://demo:${SIMULATED_SECRET}@192.0.2.40/cam/whep?token=${SIMULATED_SECRET}`,
  hlsSource: `http://demo:${SIMULATED_SECRET}@192.0.2.40/cam.m3u8?token=${SIMULATED_SECRET}`,
};

/** What an entry that isn't a stream's own says. */
const ALL_OTHERS = { name: 'all_others', source: 'publisher' };

/** An entry of the configuration as JSON, some of its members; `null` if there is none of that name. */
export function writeConfiguration({ streams }: World, confName: string): string | null {
  const stream = streams.find((one) => confNameOf(one) === confName);
  if (confName === ALL_OTHERS.name) return JSON.stringify(membersOf(ALL_OTHERS, undefined));
  if (stream === undefined) return null;
  const source = isPulled(stream.source) ? ADDRESSES[stream.source] : 'publisher';
  return JSON.stringify(membersOf({ name: confName, source }, stream));
}

function membersOf(entry: typeof ALL_OTHERS, stream: Stream | undefined) {
  return {
    ...entry,
    sourceFingerprint: '',
    sourceOnDemand: stream !== undefined && isPulled(stream.source) && stream.conf.onDemand,
    sourceOnDemandStartTimeout: '10s',
    sourceOnDemandCloseAfter: '10s',
    maxReaders: 0,
    srtReadPassphrase: SIMULATED_SECRET,
    alwaysAvailable: stream?.conf.alwaysAvailable ?? false,
    record: false,
    overridePublisher: true,
    srtPublishPassphrase: SIMULATED_SECRET,
    runOnInit: '',
    runOnDemand: '',
    runOnReady: '',
  };
}
