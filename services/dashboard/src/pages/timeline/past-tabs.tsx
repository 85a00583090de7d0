import type { ViewName } from '../../data/view.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';

const PAGES = ['timeline', 'sessions', 'availability'] as const satisfies readonly ViewName[];

/** The pages of what was. */
export function PastTabs() {
  const { view, href } = useDashboard();
  const texts = useAllTexts();
  const text = texts.past;
  return (
    <nav class="past-tabs" aria-label={text.label}>
      {PAGES.map((page) => (
        <a
          key={page}
          href={href({ view: page, stream: null })}
          aria-current={view.value.view === page ? 'page' : undefined}
        >
          {text[page]}
        </a>
      ))}
    </nav>
  );
}
