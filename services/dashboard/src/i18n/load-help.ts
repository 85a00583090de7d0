import type { Language } from '../data/view.ts';
import type { HelpTexts } from './en/help.ts';

/** What states and reasons mean. The texts are long, and mostly nobody reads them: they are loaded when they are wanted. */
export const LOAD_HELP: Readonly<Record<Language, () => Promise<HelpTexts>>> = {
  en: async () => (await import('./en/help.ts')).enHelp,
  de: async () => (await import('./de/help.ts')).deHelp,
};
