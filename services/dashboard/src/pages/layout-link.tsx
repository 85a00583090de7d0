import type { ViewName } from '../data/view.ts';
import type { Texts } from '../i18n/en/index.ts';
import { useDashboard } from '../ui/context.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

/** How a list may be looked at. */
interface ListLayout {
  readonly view: ViewName;
  readonly icon: IconName;
  readonly nameIn: (texts: Texts) => string;
}

export const LAYOUTS: readonly ListLayout[] = [
  { view: 'streams', icon: 'table', nameIn: ({ filter }) => filter.table },
  { view: 'cards', icon: 'cards', nameIn: ({ filter }) => filter.cards },
  { view: 'wall', icon: 'wall', nameIn: ({ wall }) => wall.title },
];

/** Leads to the list as it may be looked at, too. */
export function LayoutLink({ layout }: { readonly layout: ListLayout }) {
  const { href, view: current, texts } = useDashboard();
  const { view, icon, nameIn } = layout;
  const name = nameIn(texts.value);
  return (
    <a
      class="button button-icon"
      href={href({ view })}
      aria-label={name}
      aria-current={current.value.view === view ? 'true' : undefined}
      title={name}
    >
      <Icon name={icon} />
    </a>
  );
}
