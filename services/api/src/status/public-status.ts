import { type RunPiece, secondsBetween } from '@mediamtx-monitor/model';
import type { PublicStatus, StatusIncident, StatusItem } from '../http/status-page.ts';
import { type CalendarDay, upShare } from './days.ts';
import type { SeenEntry } from './fleet-look.ts';
import { downTimes } from './incidents.ts';
import type { HistoryNow } from './kept-history.ts';
import type { MadeHistory } from './make-history.ts';
import { selectionKey } from './selection.ts';
import { entryState, pageState } from './state-now.ts';
import type { StatusEntry, StatusPage } from './status-file.ts';

/** The newest so many are told. */
export const MAX_INCIDENTS = 50;
const MS_PER_SECOND = 1_000;

const timeOf = (ms: number): string => new Date(ms).toISOString();

/**
 * Puts together what a page tells: of what is in it only titles, states and times leave the monitor.
 * @param seen how entries are now
 * @param days those of the page, today last
 */
export function publicStatus(
  page: StatusPage,
  seen: (entry: StatusEntry) => SeenEntry,
  { newest: history, isComing }: HistoryNow,
  days: readonly CalendarDay[],
): PublicStatus {
  const looks = page.items.map((entry) => ({ entry, look: seen(entry) }));
  const items = looks.map(({ entry, look }): StatusItem => {
    const { id, title, group } = entry;
    const pieces = piecesOf(entry, look, history);
    const hasSchedule = pieces.some(({ kind }) => kind === 'unscheduled');
    const times =
      history?.pieces.has(selectionKey(entry)) === true && days[0] !== undefined
        ? { history, fromMs: days[0].fromMs }
        : null;
    return {
      id,
      title,
      group,
      state: entryState({ ...look, hasSchedule }),
      availability: times === null ? null : upShare(pieces, times.fromMs, times.history.atMs),
      days:
        times === null
          ? []
          : days.map(({ date, fromMs }, index) => ({
              date,
              ...upShare(pieces, fromMs, days[index + 1]?.fromMs ?? times.history.atMs),
            })),
    };
  });
  const published = looks.flatMap(({ look }) => look.publishedMs).filter((ms) => ms !== null);
  return {
    title: page.title,
    state: pageState(items.map(({ state }) => state)),
    updatedAt: published.length === 0 ? null : timeOf(Math.min(...published)),
    isStale: looks.some(({ look }) => look.isStale),
    historyAt: history === null ? null : timeOf(history.atMs),
    isHistoryComing: isComing && items.some((item) => item.days.length === 0),
    timeZone: page.timeZone,
    items,
    incidents: incidentsOf(
      looks.map(({ entry, look }) => ({ entry, pieces: piecesOf(entry, look, history) })),
      days[0]?.fromMs ?? 0,
    ),
  };
}

/** Of what comes only while someone wants it, nobody knows how available it was. */
function piecesOf(
  entry: StatusEntry,
  { streams }: SeenEntry,
  history: MadeHistory | null,
): readonly RunPiece[] {
  const isOnDemand = streams.length > 0 && streams.every((stream) => stream.isOnDemand && !stream.isExpected);
  return isOnDemand ? [] : (history?.pieces.get(selectionKey(entry)) ?? []);
}

function incidentsOf(
  entries: readonly { readonly entry: StatusEntry; readonly pieces: readonly RunPiece[] }[],
  fromMs: number,
): readonly StatusIncident[] {
  return entries
    .flatMap(({ entry: { id, title }, pieces }) =>
      downTimes(pieces)
        .filter(({ toMs }) => toMs === null || toMs > fromMs)
        .map((down) => ({ id, title, ...down })),
    )
    .sort((a, b) => b.fromMs - a.fromMs)
    .slice(0, MAX_INCIDENTS)
    .map(({ id, title, fromMs: from, toMs, untilMs, unknownMs }) => ({
      item: id,
      title,
      from: timeOf(from),
      to: toMs === null ? null : timeOf(toMs),
      lengthSeconds: secondsBetween(from, untilMs),
      unknownSeconds: Math.floor(unknownMs / MS_PER_SECOND),
    }));
}
