import { useCallback, useState } from 'preact/hooks';
import { OF_NOW, THEMES, type ViewName } from '../data/view.ts';
import type { Texts } from '../i18n/en/index.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../i18n/languages.ts';
import { BellButton } from './bell/bell-button.tsx';
import { useDashboard } from '../ui/context.ts';
import { Choice, Menu } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';
import { type KeyAction, SEARCH_ID, useKeyboard } from '../ui/keyboard.ts';
import { lazily } from '../ui/loaded.tsx';

const HelpDialog = lazily(async () => (await import('./help.tsx')).HelpDialog);

/** Name, views, how fresh everything is, help and settings. */
export function Header() {
  const { texts, view, href, go } = useDashboard();
  const { header } = texts.value;
  const [isHelpOpen, setHelpOpen] = useState(false);

  const act = useCallback((action: KeyAction): boolean => {
    if (action === 'help') setHelpOpen(true);
    else if (action === 'search') return focusSearch();
    else if (action === 'back' && view.peek().stream !== null) go({ stream: null, ...OF_NOW });
    else return false;
    return true;
  }, []);
  useKeyboard(act);

  return (
    <header class="header">
      <a class="brand" href={href({ view: 'streams', stream: null, ...OF_NOW })} aria-label={header.title}>
        <Icon name="pulse" />
        <span>{header.title}</span>
      </a>
      <Nav />
      <DataAge />
      <div class="header-end">
        <BellButton />
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

/** Pages that the header leads to, how else they may be looked at, and pages that belong to them. */
const NAV: readonly {
  readonly view: ViewName;
  readonly others?: readonly ViewName[];
  readonly parts?: readonly ViewName[];
  readonly text: NavText;
}[] = [
  { view: 'streams', others: ['cards', 'wall'], text: 'streams' },
  { view: 'servers', parts: ['history'], text: 'servers' },
  { view: 'timeline', others: ['sessions', 'availability'], text: 'timeline' },
];

type NavText = Exclude<keyof Texts['nav'], 'main' | 'skip'>;

/** The pages; on a phone at its lower edge, where a thumb is. */
function Nav() {
  const { texts, view, href } = useDashboard();
  const { nav } = texts.value;
  const { view: open, stream } = view.value;
  // The history of a server isn't a list that is narrowed to it.
  const others = { stream: null, ...OF_NOW, ...(open === 'history' && { host: null, server: [] }) };
  // A stream's page is one of those that the list leads to.
  const here = stream === null ? 'page' : 'true';
  const isOf = (views: readonly ViewName[]): boolean => views.includes(stream === null ? open : 'streams');
  return (
    <nav class="nav" aria-label={nav.main}>
      {NAV.map(({ view: first, others: ways = [], parts = [], text }) => (
        <a
          key={first}
          // Back to how it was looked at.
          href={href({ ...others, view: ways.find((way) => way === open) ?? first })}
          aria-current={isOf([first, ...ways, ...parts]) ? here : undefined}
        >
          {nav[text]}
        </a>
      ))}
    </nav>
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
        options={LANGUAGE_CODES.map((value) => ({ value, label: LANGUAGES[value].name }))}
        chosen={language.value}
        onChoose={chooseLanguage}
      />
      <Choice
        legend={header.theme}
        options={THEMES.map((value) => ({ value, label: header.themes[value] }))}
        chosen={theme.value}
        onChoose={chooseTheme}
      />
      {hasToken && (
        <button type="button" class="button" onClick={signOut}>
          {header.signOut}
        </button>
      )}
    </Menu>
  );
}
