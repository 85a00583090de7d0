import { useDashboard } from '../context.ts';
import { Icon } from '../ui/icon.tsx';
import { DataAge } from './data-age.tsx';
import { SettingsMenu } from './settings-menu.tsx';

/** Name, views, how fresh everything is, and settings. */
export function Header() {
  const { texts, view, href } = useDashboard();
  const { nav, head } = texts.value;
  const isServers = view.value.view === 'servers' && view.value.stream === null;
  const page = (current: boolean) => (current ? ('page' as const) : undefined);
  return (
    <header class="header">
      <a class="brand" href={href({ view: 'streams', stream: null })} aria-label={head.title}>
        <Icon name="pulse" />
        <span>{head.title}</span>
      </a>
      <nav class="nav" aria-label={nav.main}>
        <a
          href={href({ view: isServers ? 'streams' : view.value.view, stream: null })}
          aria-current={page(!isServers && view.value.stream === null)}
        >
          {nav.streams}
        </a>
        <a href={href({ view: 'servers', stream: null })} aria-current={page(isServers)}>
          {nav.servers}
        </a>
      </nav>
      <DataAge />
      <SettingsMenu />
    </header>
  );
}
