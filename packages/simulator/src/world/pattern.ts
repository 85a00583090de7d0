import { PLAIN, type Audience, type ClientType, type PathConf, type SourceType } from './model.ts';

/** The mix of publishers, repeated over the fleet. */
const SOURCES = [
  'srtConn',
  'rtspSession',
  'srtConn',
  'rtmpConn',
  'srtConn',
  'webRTCSession',
  'idle',
  'srtConn',
  'rtspsSession',
  'srtConn',
  'srtConn',
  'rtmpsConn',
] as const;
const ON_DEMAND_NUMBER = 10;
/** Of two dozen: SRT twice, WebRTC and RTSP once. */
const LOSSY_SOURCES: readonly number[] = [4, 5, 13, 16];
const LOSSY_SOURCES_PERIOD = 24;

/** The mix of readers; each stream begins one further on. */
const READERS = [
  'srtConn',
  'hlsSession',
  'webRTCSession',
  'rtspSession',
  'srtConn',
  'hlsSession',
  'rtmpConn',
  'webRTCSession',
  'rtspsSession',
  'srtConn',
  'rtmpsConn',
  'moqSession',
] as const;
/** RTSP and SRT. */
const LOSSY_READERS: readonly number[] = [3, 9];
const LOSSY_READERS_PERIOD = 24;
/** SRT, WebRTC, RTSP and RTMP. */
const SLOW_READERS: readonly number[] = [4, 19, 27, 54];
const SLOW_READERS_PERIOD = 60;

/** What publishes the nth stream of a fleet, or would, and whether it does from the start. */
export interface SourcePlan {
  readonly source: SourceType;
  readonly lossy: boolean;
  readonly live: boolean;
  readonly conf: PathConf;
}

/** What some of the first dozen are in an eventful fleet: cameras that are pulled, copies that are sent on. */
const EVENTFUL: ReadonlyMap<number, Pick<SourcePlan, 'source'> & { readonly conf: Partial<PathConf> }> =
  new Map([
    [3, { source: 'rtmpConn', conf: { forwards: ['rtmp', 'srt'] } }],
    [7, { source: 'srtSource', conf: {} }],
    [8, { source: 'rtspSource', conf: {} }],
    [9, { source: 'srtConn', conf: { alwaysAvailable: true } }],
    [11, { source: 'rtmpsConn', conf: { ownEntry: false } }],
  ]);

/** The nth stream: one place in a dozen is idle, and one stream waits for demand. */
export function planSource(number: number, eventful = false): SourcePlan {
  const special = eventful ? EVENTFUL.get(number) : undefined;
  if (special !== undefined) {
    return { source: special.source, lossy: false, live: true, conf: { ...PLAIN, ...special.conf } };
  }
  const place = SOURCES[number % SOURCES.length] ?? 'idle';
  if (number === ON_DEMAND_NUMBER) {
    return { source: 'rtspSource', lossy: false, live: false, conf: { ...PLAIN, onDemand: true } };
  }
  if (place === 'idle') return { source: 'srtConn', lossy: false, live: false, conf: PLAIN };
  const lossy = LOSSY_SOURCES.includes(number % LOSSY_SOURCES_PERIOD);
  return { source: place, lossy, live: true, conf: PLAIN };
}

/** A reader of a stream. */
export interface ReaderPlan {
  readonly type: ClientType;
  readonly lossy: boolean;
  /** Whether it reads too slowly, so that frames are discarded. */
  readonly slow: boolean;
}

/** The readers of the nth stream. */
export function planReaders(number: number, audience: Audience): ReaderPlan[] {
  const plans = Array.from({ length: audience.readersPerStream }, (_, index): ReaderPlan => {
    const place = number + index;
    const type = READERS[place % READERS.length] ?? 'srtConn';
    return {
      type: type === 'moqSession' && !audience.moq ? 'webRTCSession' : type,
      lossy: LOSSY_READERS.includes(place % LOSSY_READERS_PERIOD),
      slow: SLOW_READERS.includes(place % SLOW_READERS_PERIOD),
    };
  });
  if (audience.hlsSessions) return plans;
  const viewer = plans.find(({ type }) => type === 'hlsSession');
  return plans.map((plan) =>
    plan.type === 'hlsSession' && plan !== viewer ? { ...plan, type: 'rtspSession' } : plan,
  );
}
