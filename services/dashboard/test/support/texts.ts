import type { AllTexts } from '../../src/i18n/en/all.ts';
import { type Language, LANGUAGE_CODES, LANGUAGES } from '../../src/i18n/languages.ts';

const loaded = await Promise.all(
  LANGUAGE_CODES.map(async (code) => [code, await LANGUAGES[code].loadAll()] as const),
);

/** All texts in each language that is registered. */
export const TEXTS = Object.fromEntries(loaded) as Readonly<Record<Language, AllTexts>>;
