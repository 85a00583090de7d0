import type { MoqDetail } from '@mediamtx-monitor/types';
import { asLabel, asText } from '../fields.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  NOT_MEASURED,
  type ProtocolModule,
  type RawConnection,
  connectionsIn,
  withDetail,
} from './protocol.ts';

export type MoqConnection = ConnectionFactBase & {
  readonly protocol: 'moq';
  readonly version: string | null;
  readonly transport: string | null;
};

/** A session (MediaMTX 1.19.0). */
function read(raw: RawConnection): MoqConnection | null {
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, {
    protocol: 'moq',
    version: asLabel(raw.fields['version']),
    transport: asText(raw.fields['transport']),
  });
}

export const MOQ: ProtocolModule<
  MoqConnection,
  { readonly protocol: 'moq'; readonly moq: MoqDetail },
  { readonly moqsessions: MoqConnection }
> = {
  protocol: 'moq',
  lists: [{ name: 'moqsessions', newName: 'moq/sessions', itemType: 'moqsession', read }],
  source: { type: 'moqsource', link: (fields, privacy) => read({ fields, privacy, list: 'moqsessions' }) },
  normalise: ({ moqsessions }) => connectionsIn('moq', 'moqsessions', moqsessions),
  counters: () => [null],
  discards: () => null,
  rttMs: () => null,
  detail: ({ version, transport }) => ({ protocol: 'moq', moq: { version, transport } }),
  measures: () => NOT_MEASURED,
  figures: () => ({ rttMs: null, rttP95Ms: null, lossPercent: null, discards: null }),
  blank: ({ moq }) => ({ protocol: 'moq', moq: allNull(moq) }),
};
