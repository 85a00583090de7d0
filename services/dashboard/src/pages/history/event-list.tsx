import { happenedMs } from '@mediamtx-monitor/model';
import { eventText } from '../../i18n/event-text.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import type { SpanEvents } from './past-events.ts';

/** What happened in the time that is shown, as a table. @param isSeveral whether it has to be said to which stream */
export function EventList({ known, isSeveral }: { readonly known: SpanEvents; readonly isSeveral: boolean }) {
  const { format, href } = useDashboard();
  const texts = useAllTexts();
  const text = texts.history;
  const { events, isCut, error } = known;
  return (
    <details class="card past-events">
      <summary>{text.eventsIn(format.value.count(events.length))}</summary>
      {error !== undefined && <p class="words-warning">{text.eventsUnread}</p>}
      {isCut && <p class="muted">{text.eventsCut}</p>}
      {events.length === 0 ? (
        error === undefined && <p class="muted">{text.noEvents}</p>
      ) : (
        <div class="scroll-sideways">
          <table role="table" class="plain-table" aria-label={text.events}>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">
                  {text.time}
                </th>
                {isSeveral && (
                  <th scope="col" role="columnheader">
                    {texts.columns.name}
                  </th>
                )}
                <th scope="col" role="columnheader">
                  {text.what}
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {events.toReversed().map((event) => (
                <tr key={event.id} role="row">
                  <td role="cell" data-label={text.time}>
                    <a href={href({ at: happenedMs(event) })}>{format.value.moment(happenedMs(event))}</a>
                  </td>
                  {isSeveral && (
                    <td role="cell" data-label={texts.columns.name}>
                      {'stream' in event ? event.stream : ''}
                    </td>
                  )}
                  <td role="cell" data-label={text.what} class="wrap">
                    {eventText(event, events, { texts, format: format.value })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
