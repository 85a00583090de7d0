import type { Range } from '../../data/view.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { RangeBar } from '../../ui/range-bar.tsx';
import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { PastSection } from './past-section.tsx';
import type { PastSubject } from './subject.ts';

/** A server or host has no page of what is now: the last minutes go on by themselves. */
const USUAL: Range = '15m';

/** How a server or a host was: the one that the link names. */
export function HistoryPage() {
  const { view, href } = useDashboard();
  const text = useAllTexts().history;
  const { host, server, range } = view.value;
  const back = href({ view: 'servers', host: null, server: [], range: null, at: null });
  const subject: PastSubject | undefined =
    host !== null
      ? { kind: 'host', host }
      : server[0] === undefined
        ? undefined
        : { kind: 'server', server: server[0] };
  if (subject === undefined) {
    return (
      <div class="nothing">
        <p>{text.nothingChosen}</p>
        <a class="button" href={back}>
          {text.toServers}
        </a>
      </div>
    );
  }
  return (
    <>
      <header class="stream-head">
        <a class="button button-icon" href={back} aria-label={text.toServers} title={text.toServers}>
          <Icon name="back" />
        </a>
        <h2>{subject.kind === 'host' ? text.host(subject.host) : text.server(subject.server)}</h2>
      </header>
      <div class="charts-frame">
        <RangeBar usual={USUAL} />
        <PastSection subjects={[subject]} range={range ?? USUAL} hasLive={false} />
      </div>
    </>
  );
}
