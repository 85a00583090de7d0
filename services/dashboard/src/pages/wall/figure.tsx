import { isIll } from '@mediamtx-monitor/model';
import { stateText } from '../../i18n/stream-text.ts';
import type { ListedStream } from '../../model/streams.ts';
import type { Dashboard } from '../../ui/context.ts';
import { known } from '../../ui/values.tsx';
import { healthText } from '../stream-cells.tsx';

/** The one thing a tile says of its stream: what arrives; or what is wrong, or why nothing arrives. */
export function figure(listed: ListedStream, dashboard: Dashboard) {
  const { stream, health, stale } = listed;
  const { states, unknown, wall } = dashboard.texts.value;
  if (stale || isIll(health)) return <p class="figure figure-text">{healthText(listed, dashboard)}</p>;
  if (stream.state !== 'live') {
    return (
      <p class="figure figure-text">
        {stateText(stream.state, states)} <span class="figure-more">{healthText(listed, dashboard)}</span>
      </p>
    );
  }
  return (
    <p class="figure">
      <b>{known(dashboard.format.value.decimal(stream.inboundMbps), unknown)}</b>
      {stream.inboundMbps !== null && <span class="unit">{wall.mbps}</span>}
    </p>
  );
}
