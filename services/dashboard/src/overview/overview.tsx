import { useDashboard } from '../context.ts';
import { isFiltered } from '../model/view-state.ts';
import { EmptyFleet } from './empty-fleet.tsx';
import { FilterBar } from './filter-bar.tsx';
import { KioskStreams } from './kiosk-streams.tsx';
import { ServerStrip } from './server-strip.tsx';
import { ShowAll } from './show-all.tsx';
import { StreamCards } from './stream-cards.tsx';
import { StreamTable } from './stream-table.tsx';
import { Totals } from './totals.tsx';

/** The fleet at a glance, then its streams. */
export function Overview() {
  const { list, feed, view, texts } = useDashboard();
  return (
    <>
      {feed.fleet.value.servers.size > 0 && (
        <section class="glance" aria-label={texts.value.totals.label}>
          <Totals />
          <ServerStrip />
        </section>
      )}
      {list.value.length > 0 && !view.value.kiosk && <FilterBar />}
      {list.value.length === 0 ? <EmptyFleet /> : <Streams />}
    </>
  );
}

function Streams() {
  const { view, shown } = useDashboard();
  if (shown.value.length === 0 && isFiltered(view.value)) return <NothingMatches />;
  if (view.value.kiosk) return <KioskStreams />;
  return view.value.view === 'cards' ? (
    <StreamCards streams={shown.value} />
  ) : (
    <StreamTable streams={shown.value} />
  );
}

function NothingMatches() {
  return (
    <div class="nothing">
      <p>{useDashboard().texts.value.filter.none}</p>
      <ShowAll />
    </div>
  );
}
