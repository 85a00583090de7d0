import { lastedMs } from '../model/lasted.ts';
import type { Listed } from '../model/listed.ts';
import type { Texts } from './en.ts';
import type { Format } from './format.ts';

/** When a stream that isn't live was last live; `null` where that isn't known, and of one that is. */
export function lastLiveWords({ stream, toldAt }: Listed, texts: Texts, format: Format): string | null {
  if (stream.last == null || stream.state === 'live') return null;
  return texts.lastLive(format.duration(lastedMs(stream.last.liveAt, toldAt)));
}

/** The same as a sentence, with the time of day and for how long it had been live. */
export function lastLiveForWords({ stream, toldAt }: Listed, texts: Texts, format: Format): string | null {
  if (stream.last == null || stream.state === 'live') return null;
  const { liveAt, liveSince } = stream.last;
  return texts.lastLiveFor(
    format.clock(Date.parse(liveAt)),
    format.duration(lastedMs(liveAt, toldAt)),
    format.duration(lastedMs(liveSince, liveAt)),
  );
}
