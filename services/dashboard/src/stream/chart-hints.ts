import type { Texts } from '../i18n/en.ts';
import type { Absence } from '../model/link-kind.ts';
import { protocolName } from '../model/protocol.ts';

/** Why there is no round-trip time, in words. */
export function rttHint(absence: Absence, { hints }: Texts): string {
  if (absence.kind === 'not-reported') return hints.noRttOver(protocolName(absence.protocol));
  return absence.kind === 'not-known' ? hints.noRttKnown : hints.noRtt;
}

/** Why there is no loss, in words. */
export function lossHint(absence: Absence, { hints }: Texts): string {
  if (absence.kind === 'not-reported') return hints.noLossOver(protocolName(absence.protocol));
  return absence.kind === 'not-known' ? hints.noLossKnown : hints.noLoss;
}
