import { useMemo, useState } from 'preact/hooks';
import { REPORT_SPANS } from '../../data/past-view.ts';
import { withLabels } from '../../model/fleet-scope.ts';
import { type ReportTime, reportTime, USUAL_SPAN, worstAvailable } from '../../model/report.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { NoAnswer, useAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';
import { TimeField } from '../../ui/time-field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { ServerMenu } from './server-menu.tsx';
import { PastTabs } from './past-tabs.tsx';
import { ReportTable } from './report-table.tsx';
import { SaveCsv } from './save-csv.tsx';

/** How available streams were. */
export function AvailabilityPage() {
  const { view, now } = useDashboard();
  const texts = useAllTexts();
  const { window, from, to } = view.value;
  // Made of one moment, until another window is chosen: a report isn't another each second.
  const time = useMemo(() => reportTime({ window, from, to }, now()), [window, from, to]);
  return (
    <div class="past report">
      <PastTabs />
      <h2 class="visually-hidden">{texts.past.availability}</h2>
      <WindowChoice />
      {time === null ? (
        <p class="words-warning" role="status">
          {texts.report.ownInvalid}
        </p>
      ) : (
        <Report time={time} />
      )}
    </div>
  );
}

/** Which time, which streams. */
function WindowChoice() {
  const { view, adjust } = useDashboard();
  const texts = useAllTexts();
  const text = texts.report;
  const { window, from, to } = view.value;
  const [own, setOwn] = useState({ from, to });
  const span = window ?? USUAL_SPAN;
  return (
    <search class="filter-bar" aria-label={texts.filter.label}>
      <label class="sort-choice">
        <span class="muted">{text.window}</span>
        <select
          class="button"
          value={span}
          onChange={({ currentTarget }) => {
            const chosen = REPORT_SPANS.find((one) => one === currentTarget.value);
            if (chosen !== undefined) adjust({ window: chosen });
          }}
        >
          {REPORT_SPANS.map((one) => (
            <option key={one} value={one}>
              {text.spans[one]}
            </option>
          ))}
        </select>
      </label>
      {span === 'own' && (
        <form
          class="jump"
          onSubmit={(event) => {
            event.preventDefault();
            adjust(own);
          }}
        >
          <TimeField
            label={text.from}
            value={own.from}
            onChange={(ms) => {
              setOwn({ ...own, from: ms });
            }}
          />
          <TimeField
            label={text.to}
            value={own.to}
            onChange={(ms) => {
              setOwn({ ...own, to: ms });
            }}
          />
          <button class="button">{text.show}</button>
        </form>
      )}
      <SearchField />
      <ServerMenu isSingle />
    </search>
  );
}

function Report({ time }: { readonly time: ReportTime }) {
  const { view, format, shown, now } = useDashboard();
  const texts = useAllTexts();
  const text = texts.report;
  const { label } = view.value;
  const [server] = view.value.server;
  const [from, to] = [time.fromMs, time.toMs].map((ms) => new Date(ms).toISOString());
  const question = {
    from: from ?? '',
    to: to ?? '',
    ...(server !== undefined && { server }),
    ...(label.length > 0 && { label }),
  };
  const { answer, error, askAgain } = useAnswer(JSON.stringify(question), (api) =>
    api.availability(question),
  );
  const madeAt = useMemo(now, [answer]);
  const sought = view.value.q.trim().toLowerCase();
  const items = useMemo(
    () => worstAvailable(answer?.items ?? []).filter(({ stream }) => stream.toLowerCase().includes(sought)),
    [answer, sought],
  );
  if (answer === undefined) {
    if (error !== undefined) return <NoAnswer error={error} askAgain={askAgain} />;
    return <p class="muted">{texts.past.waiting}</p>;
  }
  const { moment, count, list } = format.value;
  const labelled = withLabels(shown.servers.value, label);
  const servers = server === undefined ? labelled : labelled.filter((one) => one === server);
  const window = text.span(moment(Date.parse(answer.from)), moment(Date.parse(answer.to)));
  return (
    <>
      <header class="report-head">
        <p class="report-title">
          {texts.past.availability} – {texts.header.title}
        </p>
        <p>
          <b>{window}</b>
        </p>
        <p class="muted">
          {servers.length === 0 ? text.allServers : text.ofServers(servers.length, list(servers))} ·{' '}
          {text.streams(items.length, count(items.length))} · {text.made(moment(madeAt))}
        </p>
        <p class="muted">{text.note}</p>
        <p class="report-actions">
          <SaveCsv name="availability" load={(api) => api.availabilityCsv(question)} />
          <button
            type="button"
            class="button"
            onClick={() => {
              globalThis.print();
            }}
          >
            {text.print}
          </button>
        </p>
      </header>
      {items.length === 0 ? <p class="muted">{text.none}</p> : <ReportTable items={items} />}
    </>
  );
}
