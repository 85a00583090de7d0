import { type Range, RANGES, type ViewState } from '../data/view.ts';
import { useDashboard } from './context.ts';

/** What is shown: what is now, or how much of the past. @param usual what stands for now where nothing live is shown */
export function RangeBar({ usual = null }: { readonly usual?: Range | null }) {
  const { texts, view, href } = useDashboard();
  const text = texts.value.range;
  const { range, at } = view.value;
  const shown = range ?? usual;
  return (
    <nav class="range-bar" aria-label={text.label}>
      {[...(usual === null ? [null] : []), ...RANGES].map((each) => (
        <a
          key={each}
          class={each === null ? 'button range-live' : 'button'}
          href={href(each === null ? { range: null, at: null, with: null } : { range: each, at })}
          aria-current={each === shown ? 'true' : undefined}
        >
          {text[each ?? 'live']}
        </a>
      ))}
    </nav>
  );
}

/** The way to the past of a server or host. */
export function HistoryLink({ server = [], host }: Pick<Partial<ViewState>, 'server' | 'host'>) {
  const { texts, href } = useDashboard();
  return (
    <p>
      <a href={href({ view: 'history', server, host: host ?? null, q: '' })}>
        {texts.value.range.history}
        <span class="visually-hidden"> {host ?? server.join()}</span>
      </a>
    </p>
  );
}
