import { hostHealth } from '@mediamtx-monitor/model';
import type { HostRecord } from '@mediamtx-monitor/types';
import { useDashboard } from '../../ui/context.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { useInView } from '../../ui/in-view.ts';
import { HostDetails, HostGlance } from './host-details.tsx';
import { Hour, More } from './row-parts.tsx';
import { useHour } from './use-hour.ts';

const FIELDS = ['cpuPercent', 'inboundMbps', 'outboundMbps'] as const;

/** One machine that no server is known to run on: how busy it is, and was in the last hour. */
export function HostRow({ host }: { readonly host: HostRecord }) {
  const { shown, texts, format } = useDashboard();
  const { isInView, watch } = useInView();
  const hour = useHour({ host: host.host }, FIELDS, isInView);
  const text = texts.value.serversPage;
  const isStale = shown.hostAges.value.get(host.host)?.stale ?? false;
  const { percent, mbps } = format.value;
  const health = isStale ? 'unknown' : hostHealth(host);
  const { inboundMbps, outboundMbps } = host.network;
  return (
    <li ref={watch} class={isStale ? 'card server-row stale' : 'card server-row'}>
      <h3 class="card-title">
        <HealthMark health={health} label={texts.value.healths[health]} />
        {host.host}
      </h3>
      <div class="server-said">
        <HostGlance host={host} isNamed={false} />
      </div>
      <div class="hours">
        <Hour
          label={text.cpu}
          text={percent(host.cpu.percent)}
          hour={hour}
          field="cpuPercent"
          atLeast={100}
        />
        <Hour label={text.inbound} text={mbps(inboundMbps)} hour={hour} field="inboundMbps" atLeast={0} />
        <Hour label={text.outbound} text={mbps(outboundMbps)} hour={hour} field="outboundMbps" atLeast={0} />
      </div>
      <More name={host.host} isOpen={false}>
        {() => <HostDetails host={host} />}
      </More>
    </li>
  );
}
