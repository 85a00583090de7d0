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
  const current = view.value.stream === null ? view.value.view : null;
  const isList = current === 'streams' || current === 'cards';
  // Back to how the streams were looked at.
  const list = view.value.view === 'cards' ? 'cards' : 'streams';
  const page = (isCurrent: boolean) => (isCurrent ? ('page' as const) : undefined);

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
        <a href={href({ view: list, stream: null })} aria-current={page(isList)}>
          {nav.streams}
        </a>
        <a href={href({ view: 'servers', stream: null })} aria-current={page(current === 'servers')}>
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
