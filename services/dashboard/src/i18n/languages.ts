import type { AllTexts } from './en/all.ts';
import { en, type Texts } from './en/index.ts';

/** A language of the page. */
interface LanguageOf {
  /** In itself. */
  readonly name: string;
  readonly load: () => Promise<Texts>;
  /** With what isn't needed before the first rows: each load of it is one file. */
  readonly loadAll: () => Promise<AllTexts>;
}

/** What the page speaks where no other language is wanted, or until that is there. */
export const FALLBACK = { code: 'en', texts: en } as const;

/** Every language that there is, in the order in which they are offered: this is all that a language is registered by. */
export const LANGUAGES = {
  en: {
    name: 'English',
    load: () => Promise.resolve(en),
    loadAll: async () => (await import('./en/all.ts')).enAll,
  },
  de: {
    name: 'Deutsch',
    load: async () => (await import('./de/index.ts')).de,
    loadAll: async () => (await import('./de/all.ts')).deAll,
  },
} as const satisfies Readonly<Record<string, LanguageOf>>;

/** Code of a language (ISO 639-1). */
export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_CODES: readonly Language[] = Object.keys(LANGUAGES).filter(isLanguage);

/** The language of this code; `undefined` where none of it is registered. */
export function knownLanguage(code: string | null): Language | undefined {
  return LANGUAGE_CODES.find((one) => one === code);
}

function isLanguage(code: string): code is Language {
  return Object.hasOwn(LANGUAGES, code);
}

/** The first of the browser's languages that there are texts in; English where there is none. */
export function languageOf(browserLanguages: readonly string[]): Language {
  return browserLanguages.map(codeOf).find(isLanguage) ?? FALLBACK.code;
}

/** The browser's own kind of a language (`de-AT`), so that numbers look as they do elsewhere on that machine. */
export function localeOf(language: Language, browserLanguages: readonly string[]): string {
  return browserLanguages.find((tag) => codeOf(tag) === language) ?? language;
}

function codeOf(tag: string): string {
  return tag.slice(0, 2).toLowerCase();
}
