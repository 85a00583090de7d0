import { DEFAULT_VIEW } from '../../data/view.ts';
import { reasonText } from '../../i18n/reason-text.ts';
import { standingTexts } from '../../i18n/standing-text.ts';
import type { ServerStanding } from '../../model/server-standing.ts';
import { known } from '../../ui/values.tsx';
import { useDashboard, useTextContext } from '../../ui/context.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useStandings } from './use-standings.ts';

/** More rows nobody reads: what is less bad is a name and a mark. */
const MAX_ROWS = 30;
/** On a screen that nobody touches streams have to have room, too. */
const MAX_KIOSK_ROWS = 5;

/** All servers of a large fleet: what is wrong, the worst first, in words; what is well takes little room. */
export function FleetServers() {
  const { format, view } = useDashboard();
  const text = useAllTexts().fleetView;
  const standings = useStandings();
  const { count } = format.value;
  const wrong = standings.filter(({ health }) => health !== 'ok');
  const rows = wrong.slice(0, view.value.kiosk ? MAX_KIOSK_ROWS : MAX_ROWS);
  const others = standings.filter((one) => !rows.includes(one));
  return (
    <section class="fleet" aria-label={text.label}>
      <h2 class="page-title">{text.title(wrong.length, count(wrong.length), count(standings.length))}</h2>
      <ul class="fleet-rows">
        {rows.map((standing) => (
          <StandingRow key={standing.head.server} standing={standing} />
        ))}
      </ul>
      {others.length > 0 && !view.value.kiosk && (
        // Where nothing is wrong, there is room.
        <details class="fleet-others" open={rows.length === 0}>
          <summary class="button">
            {wrong.length > rows.length ? text.others(count(others.length)) : text.well(count(others.length))}
          </summary>
          <ServerChips standings={others} />
        </details>
      )}
    </section>
  );
}

/** Servers by their names, each with its mark. */
export function ServerChips({ standings }: { readonly standings: readonly ServerStanding[] }) {
  const { texts, href, view } = useDashboard();
  return (
    <ul class="server-strip fleet-chips">
      {standings.map(({ head: { server, name }, health }) => {
        const isChosen = view.value.server.includes(server);
        const others = view.value.server.filter((one) => one !== server);
        return (
          <li key={server}>
            <a
              class="server-chip"
              href={href({ server: isChosen ? others : [server] })}
              aria-current={isChosen ? 'true' : undefined}
              title={name}
            >
              <HealthMark health={health} label={texts.value.healths[health]} />
              <b>{server}</b>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function StandingRow({ standing }: { readonly standing: ServerStanding }) {
  const { texts, format, href } = useDashboard();
  const context = useTextContext();
  const { unknown, totals: text, columns } = texts.value;
  const { count, decimal } = format.value;
  const { head, health } = standing;
  const { server, name, totals } = head;
  return (
    <li class="card fleet-row">
      <h3 class="card-title">
        <HealthMark health={health} label={texts.value.healths[health]} />
        <a href={href({ server: [server] })}>{server}</a>
        {name !== undefined && <span class="muted fleet-name">{name}</span>}
      </h3>
      <div class="fleet-said">
        {standingTexts(standing, context).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <WorstStreams standing={standing} />
      </div>
      <dl class="fleet-numbers">
        <div>
          <dt>{text.live}</dt>
          <dd>
            {known(count(totals.states?.live ?? null), unknown)}{' '}
            <span class="muted">{totals.streams !== null && text.ofAll(count(totals.streams))}</span>
          </dd>
        </div>
        <div>
          <dt>{text.readers}</dt>
          <dd>{known(count(totals.readers), unknown)}</dd>
        </div>
        <div>
          <dt>{columns.inboundMbps}</dt>
          <dd>{known(decimal(totals.inboundMbps), unknown)}</dd>
        </div>
      </dl>
    </li>
  );
}

/** The worst streams of a server by name, each with what is wrong. */
function WorstStreams({ standing: { head, worst } }: { readonly standing: ServerStanding }) {
  const { texts, format, href, view } = useDashboard();
  const { server } = head;
  const { kiosk, lang, theme } = view.value;
  if (worst.length === 0) return null;
  return (
    <ul class="fleet-worst">
      {worst.map(({ name, reasons }) => (
        <li key={name}>
          <a href={href({ ...DEFAULT_VIEW, kiosk, lang, theme, stream: { server, name } })}>{name}</a>{' '}
          {reasons[0] && <span class="muted">{reasonText(reasons[0], texts.value, format.value)}</span>}
        </li>
      ))}
    </ul>
  );
}
