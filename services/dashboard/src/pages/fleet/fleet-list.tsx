import { MAX_SUBSCRIBED_SERVERS } from '@mediamtx-monitor/types';
import { MAX_FOUND } from '../../data/fleet-search.ts';
import { fleetScope, withLabels } from '../../model/fleet-scope.ts';
import { useEffect } from 'preact/hooks';
import { useDashboard } from '../../ui/context.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { FleetServers, ServerChips } from './fleet-servers.tsx';
import { useSearch } from './use-search.ts';
import { useStandings } from './use-standings.ts';

/** So many servers are shown where nobody has chosen any, on a wall and on a screen that nobody touches. */
const WORST_SERVERS = 8;

/** What stands over the streams of a large fleet: all its servers, or which of them are chosen. */
export function FleetHead() {
  const { view, fleetWants } = useDashboard();
  const scope = fleetScope(view.value, isScreen(view.value));
  const hasFailed = useSearch(scope === 'found');
  const standings = useStandings();
  const worst = scope === 'worst' ? standings.slice(0, WORST_SERVERS).map(({ head }) => head.server) : [];
  useEffect(() => {
    fleetWants.worst.value = worst;
  }, [worst.toSorted().join()]);
  if (scope === 'servers') return <FleetServers />;
  return (
    <>
      {view.value.kiosk && <FleetServers />}
      {!view.value.kiosk && view.value.view !== 'wall' && <ChosenServers />}
      <Note hasFailed={hasFailed} />
    </>
  );
}

/** So many servers are named, well or not. */
const FEW = 8;

/** The servers whose streams are listed; those that are called so, where streams are searched for. */
function ChosenServers() {
  const { view, shown, format } = useDashboard();
  const text = useAllTexts().fleetView;
  const { server, label, q } = view.value;
  const labelled = new Set(withLabels(shown.servers.value, label));
  const wanted = q.trim().toLowerCase();
  const isSearch = fleetScope(view.value, false) === 'found';
  const chosen = useStandings().filter(({ head }) => {
    if (!labelled.has(head.server)) return false;
    if (isSearch) {
      return wanted !== '' && `${head.server} ${head.name ?? ''}`.toLowerCase().includes(wanted);
    }
    return server.length === 0 ? label.length > 0 : server.includes(head.server);
  });
  if (chosen.length === 0) return null;
  const { count } = format.value;
  const named = chosen.length > FEW ? chosen.filter(({ health }) => health !== 'ok') : chosen;
  const others = chosen.filter((one) => !named.includes(one));
  return (
    <section class="fleet" aria-label={text.label}>
      {named.length > 0 && <ServerChips standings={named} />}
      {others.length > 0 && (
        <details class="fleet-others">
          <summary class="button">{text.well(count(others.length))}</summary>
          <ServerChips standings={others} />
        </details>
      )}
    </section>
  );
}

/** What the list lacks, and what brings it. */
function Note({ hasFailed }: { readonly hasFailed: boolean }) {
  const { view, shown, fleetWants, format } = useDashboard();
  const text = useAllTexts().fleetView;
  const { count } = format.value;
  const scope = fleetScope(view.value, isScreen(view.value));
  const labelled = withLabels(shown.servers.value, view.value.label).length;
  const { server } = view.value;
  let note: string | undefined;
  if (hasFailed) note = text.failed;
  else if (scope === 'found' && fleetWants.found.value?.isCut === true) note = text.found(count(MAX_FOUND));
  else if (scope === 'worst') note = text.worst(count(WORST_SERVERS));
  else if (scope === 'chosen' && server.length === 0 && labelled > MAX_SUBSCRIBED_SERVERS) {
    note = text.cut(count(MAX_SUBSCRIBED_SERVERS), count(labelled));
  }
  return note === undefined ? null : <p class="muted fleet-note">{note}</p>;
}

function isScreen({ view, kiosk }: { readonly view: string; readonly kiosk: boolean }): boolean {
  return view === 'wall' || kiosk;
}
