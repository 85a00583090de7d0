import { useCallback, useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { HelpDialog } from '../keyboard/help-dialog.tsx';
import type { KeyAction } from '../keyboard/key-action.ts';
import { SEARCH_ID, useKeyboard } from '../keyboard/use-keyboard.ts';
import { Icon } from '../ui/icon.tsx';
import { DataAge } from './data-age.tsx';
import { SettingsMenu } from './settings-menu.tsx';

/** Name, views, how fresh everything is, help and settings. */
export function Header() {
  const { texts, view, href, go } = useDashboard();
  const { nav, head } = texts.value;
  const [isHelpOpen, setHelpOpen] = useState(false);
  const isServers = view.value.view === 'servers' && view.value.stream === null;
  const page = (current: boolean) => (current ? ('page' as const) : undefined);

  const act = useCallback((action: KeyAction): boolean => {
    if (action === 'help') setHelpOpen(true);
    else if (action === 'search') return focusSearch();
    else if (action === 'back' && view.peek().stream !== null) go({ stream: null });
    else return false;
    return true;
  }, []);
  useKeyboard(act);

  return (
    <header class="header">
      <a class="brand" href={href({ view: 'streams', stream: null })} aria-label={head.title}>
        <Icon name="pulse" />
        <span>{head.title}</span>
      </a>
      <nav class="nav" aria-label={nav.main}>
        <a
          href={href({ view: view.value.view === 'servers' ? 'streams' : view.value.view, stream: null })}
          aria-current={page(!isServers && view.value.stream === null)}
        >
          {nav.streams}
        </a>
        <a href={href({ view: 'servers', stream: null })} aria-current={page(isServers)}>
          {nav.servers}
        </a>
      </nav>
      <DataAge />
      <div class="header-end">
        <button
          type="button"
          class="button button-icon"
          aria-label={head.help}
          aria-keyshortcuts="?"
          title={head.help}
          onClick={() => {
            setHelpOpen(true);
          }}
        >
          <Icon name="help" />
        </button>
        <SettingsMenu />
      </div>
      {isHelpOpen && (
        <HelpDialog
          onClose={() => {
            setHelpOpen(false);
          }}
        />
      )}
    </header>
  );
}

function focusSearch(): boolean {
  const field = document.getElementById(SEARCH_ID);
  field?.focus();
  return field !== null;
}
