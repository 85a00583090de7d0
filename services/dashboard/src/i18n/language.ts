import { type Language, LANGUAGES } from '../data/view.ts';
import { de } from './de/index.ts';
import { en, type Texts } from './en/index.ts';

export const TEXTS: Readonly<Record<Language, Texts>> = { en, de };

/** Names of the languages, each in its own. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** The first of the browser's languages that there are texts in; English where there is none. */
export function languageOf(browserLanguages: readonly string[]): Language {
  const codes = browserLanguages.map((tag) => tag.slice(0, 2).toLowerCase());
  return codes.flatMap((code) => LANGUAGES.find((one) => one === code) ?? [])[0] ?? 'en';
}

/** The browser's own kind of a language (`de-AT`), so that numbers look as they do elsewhere on that machine. */
export function localeOf(language: Language, browserLanguages: readonly string[]): string {
  return browserLanguages.find((tag) => tag.slice(0, 2).toLowerCase() === language) ?? language;
}
