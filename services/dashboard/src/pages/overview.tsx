import { hostHealth, hostOf, isIll, loadHealth } from '@mediamtx-monitor/model';
import type { HostRecord, StreamsHead } from '@mediamtx-monitor/types';
import { isFiltered } from '../data/view.ts';
import { fleetScope } from '../model/fleet-scope.ts';
import type { Sum } from '../model/totals.ts';
import { EmptyFleet } from './empty-fleet.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ShowAll } from './filter-buttons.tsx';
import { useServerLook } from './server-look.ts';
import { StreamCards } from './stream-cards.tsx';
import { StreamTable } from './stream-table.tsx';
import { useDashboard } from '../ui/context.ts';
import { HealthMark } from '../ui/icon.tsx';
import { PHONE_MEDIA, useMedia } from '../ui/layout.ts';
import { lazily } from '../ui/loaded.tsx';
import { Loads } from '../ui/loads.tsx';
import { known } from '../ui/values.tsx';

const ListRibbons = lazily(async () => (await import('./history/list-ribbons.tsx')).ListRibbons);
const FleetHead = lazily(async () => (await import('./fleet/fleet-list.tsx')).FleetHead);
const Wall = lazily(async () => (await import('./wall/wall.tsx')).Wall);
const Board = lazily(async () => (await import('./kiosk/board.tsx')).Board);

/** The fleet at a glance, then its streams. */
export function Overview() {
  const { shown, view, texts } = useDashboard();
  // A wall wants the room, and the sums stand beside the other lists.
  const isWall = view.value.view === 'wall';
  const isScreen = isWall || view.value.kiosk;
  const showsStreams = !shown.isLarge.value || fleetScope(view.value, isScreen) !== 'servers';
  return (
    <>
      {shown.servers.value.size > 0 && !isWall && (
        <section class="glance" aria-label={texts.value.totals.label}>
          <Totals />
          {!shown.isLarge.value && <ServerStrip />}
        </section>
      )}
      {shown.streamCount.value > 0 && !view.value.kiosk && <FilterBar />}
      {shown.isLarge.value && <FleetHead />}
      {shown.streamCount.value === 0 ? <EmptyFleet /> : showsStreams && <Streams />}
      {shown.isSettled.value && showsStreams && !isScreen && <ListRibbons />}
    </>
  );
}

function Streams() {
  const { view, shown } = useDashboard();
  const isPhone = useMedia(PHONE_MEDIA);
  const { total, filter } = shown.list.value;
  if (total === 0 && isFiltered(filter)) return shown.isListWhole.value ? <NothingMatches /> : null;
  if (view.value.kiosk) return <Board />;
  if (view.value.view === 'wall') return <Wall />;
  return view.value.view === 'cards' || isPhone ? <StreamCards /> : <StreamTable />;
}

function NothingMatches() {
  return (
    <div class="nothing">
      <p>{useDashboard().texts.value.filter.none}</p>
      <ShowAll />
    </div>
  );
}

/** Sums over the whole fleet. */
export function Totals() {
  const { shown, texts, format } = useDashboard();
  const { totals: text, columns } = texts.value;
  const { streams, live, missing, readers, inboundMbps, outboundMbps } = shown.totals.value;
  const { count, decimal } = format.value;
  return (
    <dl class="totals">
      <Total
        label={text.live}
        sum={live}
        text={count(live.value)}
        unit={`${text.ofAll(count((streams.value ?? 0) + missing))}${missing === 0 ? '' : texts.value.totalsMissing(count(missing))}`}
      />
      <Total label={text.readers} sum={readers} text={count(readers.value)} />
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

/** Each server with its state and version. */
function ServerStrip() {
  const { shown, texts, href } = useDashboard();
  return (
    <ul class="server-strip" aria-label={texts.value.servers.label}>
      {[...shown.servers.value.values()].map((head) => (
        <li key={head.server}>
          <a class="server-chip" href={href({ view: 'servers' })}>
            <Server head={head} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function Server({ head }: { readonly head: StreamsHead }) {
  const { shown, texts, format } = useDashboard();
  const { server, source, missing } = head;
  const stale = shown.stale.value.has(server);
  // Ages change each second, and matter only here.
  const age = stale ? (shown.ages.value.get(server)?.ageMs ?? null) : null;
  const hosts = [...shown.hosts.value.values()].flatMap((message) => message.hosts);
  const host = hostOf(server, shown.servers.value.size, hosts);
  const { look, silence } = useServerLook({ server, head, host });
  const problem =
    source.status !== 'up'
      ? texts.value.serverProblems[source.status]
      : missing.length > 0 && texts.value.servers.unread(format.value.list(missing));
  // What was wrong with it when it was last heard of may be over for long.
  const isForgotten = silence?.level === 'critical';
  return (
    <>
      <HealthMark health={look} label={texts.value.healths[look]} />
      <b>{server}</b>
      <span class="muted">
        {[
          (!isForgotten && problem) || source.version,
          age !== null && texts.value.link.lastSeen(format.value.age(age)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {host !== undefined && <HostLoad host={host} />}
    </>
  );
}

/** How busy a server's host is; a disk is named when it is nearly full. */
function HostLoad({ host }: { readonly host: HostRecord }) {
  const { shown, texts, format } = useDashboard();
  const { healths, link, servers: text } = texts.value;
  const age = shown.hostAges.value.get(host.host);
  if (age?.stale === true) {
    return <span class="muted">{text.hostSilent(link.lastSeen(format.value.age(age.ageMs)))}</span>;
  }
  const { percent } = format.value;
  const health = hostHealth(host);
  const { cpu, memory, disks } = host;
  const loads = [
    { said: text.cpu(percent(cpu.percent)), look: loadHealth('cpu', cpu.percent) },
    { said: text.memory(percent(memory.usedPercent)), look: loadHealth('memory', memory.usedPercent) },
    ...(disks ?? [])
      .map(({ mount, usedPercent }) => ({
        said: text.disk(mount, percent(usedPercent)),
        look: loadHealth('disk', usedPercent),
      }))
      .filter(({ look }) => isIll(look)),
  ];
  return (
    <span class="server-load">
      {isIll(health) && <HealthMark health={health} label={healths[health]} />}
      <span>
        <Loads loads={loads} />
      </span>
    </span>
  );
}
