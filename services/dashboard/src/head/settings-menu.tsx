import { AlertChoices } from '../alerts/alert-choices.tsx';
import { useDashboard } from '../context.ts';
import { LANGUAGE_NAMES } from '../i18n/language.ts';
import { LANGUAGES, THEMES } from '../model/view-state.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { Choice } from '../ui/choice.tsx';

/** Language, appearance, and leaving. */
export function SettingsMenu() {
  const { texts, language, theme, chooseLanguage, chooseTheme, hasToken, signOut } = useDashboard();
  const { head } = texts.value;
  return (
    <Menu label={head.settings} icon={<Icon name="settings" />} align="end">
      <Choice
        legend={head.language}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        chosen={language.value}
        onChoose={chooseLanguage}
      />
      <Choice
        legend={head.theme}
        options={THEMES.map((value) => ({ value, label: head.themes[value] }))}
        chosen={theme.value}
        onChoose={chooseTheme}
      />
      <AlertChoices />
      {hasToken && (
        <button type="button" class="button" onClick={signOut}>
          {head.signOut}
        </button>
      )}
    </Menu>
  );
}
