import { useCallback, useState } from 'preact/hooks';
import { LANGUAGES, THEMES } from '../data/view.ts';
import { LANGUAGE_NAMES } from '../i18n/language.ts';
import { HelpDialog } from './help.tsx';
import { useDashboard } from '../ui/context.ts';
import { Choice, Menu } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';
import { type KeyAction, SEARCH_ID, useKeyboard } from '../ui/keyboard.ts';

/** Name, views, how fresh everything is, help and settings. */
export function Header() {
  const { texts, view, href, go } = useDashboard();
  const { nav, header } = texts.value;
  const [isHelpOpen, setHelpOpen] = useState(false);
  const current = view.value.stream === null ? view.value.view : null;
  const isList = current === 'streams' || current === 'cards';
  const isPast = current === 'timeline' || current === 'sessions' || current === 'availability';
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
      <a class="brand" href={href({ view: 'streams', stream: null })} aria-label={header.title}>
        <Icon name="pulse" />
        <span>{header.title}</span>
      </a>
      <nav class="nav" aria-label={nav.main}>
        <a href={href({ view: list, stream: null })} aria-current={page(isList)}>
          {nav.streams}
        </a>
        <a href={href({ view: 'servers', stream: null })} aria-current={page(current === 'servers')}>
          {nav.servers}
        </a>
        <a href={href({ view: 'timeline', stream: null })} aria-current={page(isPast)}>
          {texts.value.past.timeline}
        </a>
      </nav>
      <DataAge />
      <div class="header-end">
        <button
          type="button"
          class="button button-icon"
          aria-label={header.help}
          aria-keyshortcuts="?"
          title={header.help}
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

/** How old the oldest data on the page is, always in view, and whether it is simulated. */
function DataAge() {
  const { shown, texts, format } = useDashboard();
  const { header } = texts.value;
  const ages = [...shown.ages.value.values()];
  const isSimulated = [...shown.servers.value.values()].some(({ simulated }) => simulated);
  const known = ages.flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
  const age = format.value.age(Math.max(...known));
  const isOld = ages.length > 0 && ages.some(({ stale }) => stale);
  return (
    <div class="freshness">
      {isSimulated && (
        <span class="badge badge-simulated" title={header.simulatedHint}>
          {header.simulated}
        </span>
      )}
      <span class={isOld ? 'age age-old' : 'age'}>
        {isOld && <Icon name="warning" />}
        {known.length === 0 ? (
          header.noData
        ) : (
          <>
            <span class="for-wide">{header.dataAge(age)}</span>
            <span class="for-narrow">{header.dataAgeShort(age)}</span>
          </>
        )}
      </span>
    </div>
  );
}

/** Language, appearance, and leaving. */
function SettingsMenu() {
  const { texts, language, theme, chooseLanguage, chooseTheme, hasToken, signOut } = useDashboard();
  const { header } = texts.value;
  return (
    <Menu label={header.settings} icon={<Icon name="settings" />} align="end">
      <Choice
        legend={header.language}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        chosen={language.value}
        onChoose={chooseLanguage}
      />
      <Choice
        legend={header.theme}
        options={THEMES.map((value) => ({ value, label: header.themes[value] }))}
        chosen={theme.value}
        onChoose={chooseTheme}
      />
      <AlertChoices />
      {hasToken && (
        <button type="button" class="button" onClick={signOut}>
          {header.signOut}
        </button>
      )}
    </Menu>
  );
}

/** Whether to be notified when something needs attention. */
function AlertChoices() {
  const { notifier, texts } = useDashboard();
  const text = texts.value.alerts;
  const notification = notifier.notification.value;
  return (
    <fieldset class="choice">
      <legend>{text.title}</legend>
      <label>
        <input
          type="checkbox"
          checked={notification === 'on'}
          onChange={({ currentTarget }) => {
            const { checked } = currentTarget;
            // It shows what is, and whether that changes the browser has to say first.
            currentTarget.checked = notification === 'on';
            void notifier.chooseNotification(checked);
          }}
        />
        {text.notify}
      </label>
      <label>
        <input
          type="checkbox"
          checked={notifier.sound.value !== 'off'}
          onChange={({ currentTarget }) => {
            notifier.chooseSound(currentTarget.checked);
          }}
        />
        {text.sound}
      </label>
      {notification === 'blocked' && (
        <p class="form-error" role="alert">
          {text.blocked}
        </p>
      )}
      {notifier.sound.value === 'blocked' && (
        <p class="form-error" role="alert">
          {text.silent}
        </p>
      )}
    </fieldset>
  );
}
