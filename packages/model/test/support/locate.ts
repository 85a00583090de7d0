import { lossReason as reason, srtConnection as srt } from '@mediamtx-monitor/testkit';
import { locateCause, type StreamConnections, type CauseContext } from '../../src/index.ts';
import { assessed } from './assessed.ts';

/** A publisher over SRT and these viewers. */
export const connections = (...viewers: StreamConnections['viewers']): StreamConnections => ({
  publisher: srt({ role: 'publish' }),
  viewers,
  isPartial: false,
  asOf: '2026-01-01T00:00:00.000Z',
});
/** A stream that arrives badly. */
export const lossy = assessed({ readers: 0, health: 'warning', reasons: [reason()] });
/** A stream with a viewer that is too slow. */
export const discarding = assessed({
  health: 'warning',
  reasons: [reason({ code: 'reader-discards', measured: 1 })],
});
/** Other streams of the server: so many that arrive badly, and so many that are well. */
export const others = (ill: number, well: number) => [
  ...Array.from({ length: ill }, (_, index) =>
    assessed({ name: `ill${index}`, health: 'critical', reasons: [reason()] }),
  ),
  ...Array.from({ length: well }, (_, index) => assessed({ name: `well${index}` })),
];

/** Where the cause sits, of a stream that is well and watched by nobody, but for what is given. */
export function locate(given: Partial<CauseContext>) {
  const { site, evidence } = locateCause({
    assessed: assessed({ readers: 0 }),
    status: 'up',
    connections: connections(),
    siblings: [],
    host: undefined,
    ...given,
  });
  return { site, codes: evidence.map(({ code }) => code), evidence };
}
