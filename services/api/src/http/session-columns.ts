import { HEALTHS, type SessionRecord } from '@mediamtx-monitor/types';
import { SESSION_VALUES } from '../feed/index.ts';
import type { CsvColumn } from './csv.ts';

/** Columns of sessions as CSV. */
export const SESSION_COLUMNS: readonly CsvColumn<SessionRecord>[] = [
  ...SESSION_VALUES.map((name) => ({ name, value: (session: SessionRecord) => cellOf(session[name]) })),
  ...HEALTHS.map((health) => ({
    name: `${health}Ms`,
    value: ({ healthMs }: SessionRecord) =>
      cellOf((healthMs as Partial<NonNullable<typeof healthMs>> | null | undefined)?.[health]),
  })),
  { name: 'causeSource', value: ({ cause }) => cellOf(cause?.source) },
  { name: 'causeText', value: ({ cause }) => cellOf(cause?.text) },
];

/** What another collector wrote may have anything there. */
function cellOf(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
