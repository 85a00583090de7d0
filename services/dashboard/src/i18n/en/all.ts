import { enBell } from './bell.ts';
import { enFleetView } from './fleet-view.ts';
import { enHelpEntries } from './help.ts';
import { enHistory } from './history.ts';
import { en, type TextsOf } from './index.ts';
import { enLinkedToken } from './linked-token.ts';
import { enRecords } from './records.ts';
import { enSourceErrors } from './source-errors.ts';
import { enTimeline } from './timeline.ts';

/** All texts in English, with those that are loaded after the first rows. */
export const enAll = {
  ...en,
  ...enTimeline,
  ...enRecords,
  ...enSourceErrors,
  ...enFleetView,
  history: enHistory,
  bell: enBell,
  linkedToken: enLinkedToken,
  helpEntries: enHelpEntries,
} as const;

export type AllTexts = TextsOf<typeof enAll>;
