import type { Language } from '../../data/view.ts';
import { deHistory } from '../../i18n/de/history.ts';
import { enHistory, type HistoryTexts } from '../../i18n/en/history.ts';
import { useDashboard } from '../../ui/context.ts';

/** Texts of the past; they come with the script that shows it. */
export const HISTORY_TEXTS: Readonly<Record<Language, HistoryTexts>> = { en: enHistory, de: deHistory };

/** Those of the language that is shown. */
export function useHistoryTexts(): HistoryTexts {
  return HISTORY_TEXTS[useDashboard().language.value];
}
