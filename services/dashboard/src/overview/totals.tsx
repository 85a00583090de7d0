import { useDashboard } from '../context.ts';
import type { Sum } from '../model/totals.ts';

/** Sums over the whole fleet. */
export function Totals() {
  const { totals, texts, format } = useDashboard();
  const words = texts.value.totals;
  const { streams, live, readers, inboundMbps, outboundMbps } = totals.value;
  const { count, decimal } = format.value;
  return (
    <dl class="totals">
      <Total
        label={words.live}
        sum={live}
        text={count(live.value)}
        unit={words.ofAll(count(streams.value))}
      />
      <Total label={words.readers} sum={readers} text={count(readers.value)} />
      <Total label={words.inbound} sum={inboundMbps} text={decimal(inboundMbps.value)} unit="Mbit/s" />
      <Total label={words.outbound} sum={outboundMbps} text={decimal(outboundMbps.value)} unit="Mbit/s" />
    </dl>
  );
}

interface TotalProps {
  readonly label: string;
  readonly sum: Sum;
  readonly text: string;
  readonly unit?: string;
}

function Total({ label, sum, text, unit }: TotalProps) {
  const { incomplete } = useDashboard().texts.value.totals;
  return (
    <div class="total">
      <dt>{label}</dt>
      <dd>
        {!sum.complete && sum.value !== null && (
          <span title={incomplete}>
            <span aria-hidden="true">≥ </span>
            <span class="visually-hidden">{incomplete}: </span>
          </span>
        )}
        <b>{text}</b>
        {unit !== undefined && <span class="unit">{unit}</span>}
      </dd>
    </div>
  );
}
