import type { ConnectionFact } from '../facts.ts';
import { commonFacts, type RawConnection, withDetail } from './connection.ts';
import { asLabel, asText } from '../fields.ts';

/** One item of `/v3/moqsessions/list` (MediaMTX 1.19.0); `null` when it has no id. */
export function normaliseMoq(raw: RawConnection): ConnectionFact | null {
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, {
    protocol: 'moq',
    version: asLabel(raw.fields['version']),
    transport: asText(raw.fields['transport']),
  });
}
