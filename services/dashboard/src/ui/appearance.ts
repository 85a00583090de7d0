import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Preferences } from '../data/storage.ts';
import type { Router } from '../data/router.ts';
import { type Theme, THEMES } from '../data/view.ts';
import type { AllTexts } from '../i18n/en/all.ts';
import type { Texts } from '../i18n/en/index.ts';
import { createFormat, type Format } from '../i18n/format.ts';
import {
  FALLBACK,
  knownLanguage,
  type Language,
  languageOf,
  LANGUAGES,
  localeOf,
} from '../i18n/languages.ts';

interface Spoken {
  readonly language: Language;
  readonly texts: Texts;
  /** `undefined` where they aren't wanted yet, `null` where they can't be loaded. */
  readonly all: AllTexts | null | undefined;
}

/** Language and theme: as the URL says, else as was chosen in this browser, else as the browser is set. */
export class Appearance {
  readonly language: ReadonlySignal<Language>;
  readonly theme: ReadonlySignal<Theme>;
  readonly texts: ReadonlySignal<Texts>;
  readonly allTexts: ReadonlySignal<AllTexts | null | undefined>;
  readonly format: ReadonlySignal<Format>;
  /** Once the texts of the wanted language are there, or can't be loaded. */
  readonly isReady: Promise<void>;
  readonly #router: Router;
  readonly #preferences: Preferences;
  readonly #chosen;
  readonly #language = signal<Language>(FALLBACK.code);
  readonly #texts = signal<Texts>(FALLBACK.texts);
  readonly #allTexts = signal<AllTexts | null | undefined>(undefined);
  readonly #wantsAll = signal(false);

  /** @param languages of the browser, the best first */
  constructor(router: Router, preferences: Preferences, languages: readonly string[]) {
    const chosen = signal({ lang: preferences.get('lang'), theme: preferences.get('theme') });
    const { view } = router;
    this.#router = router;
    this.#preferences = preferences;
    this.#chosen = chosen;
    this.theme = computed(
      () => view.value.theme ?? THEMES.find((one) => one === chosen.value.theme) ?? 'auto',
    );
    this.language = this.#language;
    this.texts = this.#texts;
    this.allTexts = this.#allTexts;
    this.format = computed(() => createFormat(localeOf(this.language.value, languages)));
    const wanted = computed(
      () => knownLanguage(view.value.lang) ?? knownLanguage(chosen.value.lang) ?? languageOf(languages),
    );
    this.isReady = new Promise((resolve) => {
      this.#speak(wanted, resolve);
    });
  }

  /** Speaks what is wanted, from when its texts are there. */
  #speak(wanted: ReadonlySignal<Language>, done: () => void): void {
    effect(() => {
      const language = wanted.value;
      const texts = this.#wantsAll.value ? loadEverything(language) : loadFirst(language);
      let isOver = false;
      texts
        .then((spoken) => {
          if (isOver) return;
          batch(() => {
            this.#language.value = spoken.language;
            this.#texts.value = spoken.texts;
            this.#allTexts.value = spoken.all;
          });
        })
        .catch(() => {
          // It goes on in the language that it has.
          if (!isOver) this.#allTexts.value ??= null;
        })
        .finally(done);
      return () => {
        isOver = true;
      };
    });
  }

  /** Loads the texts that nobody needs before the first rows. */
  readonly wantAllTexts = (): void => {
    this.#wantsAll.value = true;
  };

  /** Keeps the choice; what the URL says of it goes. */
  readonly chooseLanguage = (lang: Language): void => {
    this.#preferences.set('lang', lang);
    this.#chosen.value = { ...this.#chosen.value, lang };
    if (this.#router.view.value.lang !== null) this.#router.adjust({ lang: null });
  };

  /** Keeps the choice; what the URL says of it goes. */
  readonly chooseTheme = (theme: Theme): void => {
    this.#preferences.set('theme', theme);
    this.#chosen.value = { ...this.#chosen.value, theme };
    if (this.#router.view.value.theme !== null) this.#router.adjust({ theme: null });
  };
}

async function loadFirst(language: Language): Promise<Spoken> {
  return { language, texts: await LANGUAGES[language].load(), all: undefined };
}

async function loadEverything(language: Language): Promise<Spoken> {
  const { load, loadAll } = LANGUAGES[language];
  const [texts, all] = await Promise.all([load(), loadAll()]);
  return { language, texts, all };
}
