import { useDashboard } from '../context.ts';
import { isFiltered } from '../model/view-state.ts';
import { EmptyFleet } from './empty-fleet.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ServerStrip } from './server-strip.tsx';
import { StreamCards } from './stream-cards.tsx';
import { StreamTable } from './stream-table.tsx';
import { Totals } from './totals.tsx';

/** The fleet at a glance, then its streams. */
export function Overview() {
  const { list, shown, view, feed, texts, adjust } = useDashboard();
  if (list.value.length === 0) return feed.link.value.state === 'connecting' ? null : <EmptyFleet />;
  return (
    <>
      <section class="glance" aria-label={texts.value.totals.label}>
        <Totals />
        <ServerStrip />
      </section>
      {!view.value.kiosk && <FilterBar />}
      {shown.value.length === 0 && isFiltered(view.value) ? (
        <div class="nothing">
          <p>{texts.value.filter.none}</p>
          <button
            type="button"
            class="button"
            onClick={() => {
              adjust({ q: '', state: [], health: [], server: [], protocol: [] });
            }}
          >
            {texts.value.filter.clear}
          </button>
        </div>
      ) : (
        <Streams />
      )}
    </>
  );
}

function Streams() {
  return useDashboard().view.value.view === 'cards' ? <StreamCards /> : <StreamTable />;
}
