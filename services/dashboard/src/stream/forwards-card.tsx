import type { Forward } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { UNKNOWN } from '../i18n/format.ts';
import { stateWords } from '../i18n/state-words.ts';
import { protocolName } from '../model/protocol.ts';
import { known } from '../ui/known.tsx';

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
