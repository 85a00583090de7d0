import type { AllTexts } from '../en/all.ts';
import { deBell } from './bell.ts';
import { deFleetView } from './fleet-view.ts';
import { deHelpEntries } from './help.ts';
import { deHistory } from './history.ts';
import { de } from './index.ts';
import { deLinkedToken } from './linked-token.ts';
import { deRecords } from './records.ts';
import { deSourceErrors } from './source-errors.ts';
import { deTimeline } from './timeline.ts';

/** Alle Texte auf Deutsch, mit denen, die nach den ersten Zeilen geladen werden. */
export const deAll: AllTexts = {
  ...de,
  ...deTimeline,
  ...deRecords,
  ...deSourceErrors,
  ...deFleetView,
  history: deHistory,
  bell: deBell,
  linkedToken: deLinkedToken,
  helpEntries: deHelpEntries,
};
