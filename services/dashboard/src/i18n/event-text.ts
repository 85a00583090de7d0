import type { EventType, MonitorEvent } from '@mediamtx-monitor/types';
import { isReasonCode } from '../data/view-query.ts';
import type { HistoryTexts } from './en/history.ts';
import type { Texts } from './en/index.ts';
import type { Format } from './format.ts';
import { plainReason } from './reason-text.ts';

/** Events that are shown on the axis of time. */
export type AxisEventType = keyof HistoryTexts['happened'];

/** What happened, in a line without its time. */
export function eventText(event: MonitorEvent, texts: Texts, history: HistoryTexts, format: Format): string {
  const what = isAxisEvent(event.type) ? history.happened[event.type] : event.type;
  const more = detailsOf(event, texts, history, format).filter((part) => part !== '');
  return more.length === 0 ? what : `${what}: ${more.join(', ')}`;
}

function isAxisEvent(type: EventType): type is AxisEventType & EventType {
  return /^(?:stream\.(?!health)|server\.|alert\.(?:firing|resolved))/.test(type);
}

function detailsOf(event: MonitorEvent, texts: Texts, history: HistoryTexts, format: Format): string[] {
  switch (event.type) {
    case 'stream.offline':
      return [causeText(event, history)];
    case 'stream.recovered':
      return event.stalledMs === null ? [] : [history.after(format.duration(event.stalledMs))];
    case 'stream.restarted':
      return [
        event.gapMs === null ? '' : history.gap(format.duration(event.gapMs)),
        causeText(event, history),
      ];
    case 'server.unreachable':
      return event.status === 'up' ? [] : [texts.serverProblems[event.status]];
    case 'server.reachable':
      return event.unreachableMs === null ? [] : [history.after(format.duration(event.unreachableMs))];
    case 'server.restarted':
      return [event.version ?? ''];
    case 'alert.firing':
    case 'alert.resolved':
      return event.reasons.map(({ code }) => (isReasonCode(code) ? plainReason(code, texts) : code));
    case 'stream.online':
    case 'stream.stalled':
    case 'stream.health':
    case 'connection.opened':
    case 'connection.closed':
    case 'server.unobserved':
    case 'events.trimmed':
    case 'alert.acknowledged':
    case 'silence.added':
    case 'silence.ended':
    case 'notification.failed':
      return [];
  }
}

/** MediaMTX's own words where there are some, else what was seen beside it. */
function causeText({ cause }: MonitorEvent, { causes }: HistoryTexts): string {
  if (cause === null) return '';
  return (
    cause.text ?? (Object.hasOwn(causes, cause.source) ? causes[cause.source as keyof typeof causes] : '')
  );
}
