import { useDashboard } from '../context.ts';
import type { Sum } from '../model/totals.ts';
import { known } from '../ui/known.tsx';

/** Sums over the whole fleet. */
export function Totals() {
  const { totals, texts, format } = useDashboard();
  const { totals: words, columns } = texts.value;
  const { streams, live, missing, readers, inboundMbps, outboundMbps } = totals.value;
  const { count, decimal } = format.value;
  return (
    <dl class="totals">
      <Total
        label={words.live}
        sum={live}
        text={count(live.value)}
        unit={`${words.ofAll(count(streams.value))}${missing === 0 ? '' : texts.value.totalsMissing(count(missing))}`}
      />
      <Total label={words.readers} sum={readers} text={count(readers.value)} />
      <Total label={columns.inboundMbps} sum={inboundMbps} text={decimal(inboundMbps.value)} />
      <Total label={columns.outboundMbps} sum={outboundMbps} text={decimal(outboundMbps.value)} />
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
  const { totals, unknown } = useDashboard().texts.value;
  const { incomplete } = totals;
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
        <b>{known(text, unknown)}</b>
        {unit !== undefined && sum.value !== null && <span class="unit">{unit}</span>}
      </dd>
    </div>
  );
}
