import type { StreamsQuery } from '@mediamtx-monitor/client';
import { useEffect, useState } from 'preact/hooks';
import { searchFleet } from '../../data/fleet-search.ts';
import type { ViewFilter } from '../../data/view.ts';
import { useDashboard } from '../../ui/context.ts';

/**
 * Searches all servers for streams, of which the page has only some; what is found goes to the list.
 * @param isSearched whether anything is searched for
 * @returns whether the last question got no answer
 */
export function useSearch(isSearched: boolean): boolean {
  const { api, now, view, fleetWants } = useDashboard();
  const [hasFailed, setFailed] = useState(false);
  const question = isSearched ? questionOf(view.value) : null;
  useEffect(() => {
    if (question === null) return undefined;
    const stop = searchFleet(question, {
      api,
      now,
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => {
          clearTimeout(timer);
        };
      },
      onAnswer: (found) => {
        setFailed(found === null);
        fleetWants.found.value = found;
      },
    });
    return () => {
      stop();
      setFailed(false);
      fleetWants.found.value = null;
    };
  }, [JSON.stringify(question)]);
  return hasFailed;
}

function questionOf({ q, state, health, label }: ViewFilter): StreamsQuery {
  const search = q.trim();
  return {
    ...(search !== '' && { search }),
    ...(state.length > 0 && { state }),
    ...(health.length > 0 && { health }),
    ...(label.length > 0 && { label }),
  };
}
