import { PROTOCOLS } from '@mediamtx-monitor/types';
import type { ViewState } from '../../data/view.ts';
import { protocolName } from '../../model/protocol.ts';
import { searchGlob } from '../../model/story-choice.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { ChoiceMenu } from '../../ui/choice-menu.tsx';
import { useDashboard } from '../../ui/context.ts';
import { TimeField } from '../../ui/time-field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { ServerMenu } from './server-menu.tsx';
import { PastTabs } from './past-tabs.tsx';
import { SessionList } from './session-list.tsx';
import type { SessionQuestion } from './use-sessions.ts';

const PER_PAGE = 100;

/** Who published and read, on all servers. */
export function SessionsPage() {
  const { view, adjust } = useDashboard();
  const texts = useAllTexts();
  const text = texts.sessionsPage;
  const { role, sessions, protocol, from, to } = view.value;
  const question = questionOf(view.value);
  return (
    <div class="past">
      <PastTabs />
      <h2 class="visually-hidden">{texts.past.sessions}</h2>
      <search class="filter-bar" aria-label={texts.filter.label}>
        <SearchField />
        <ChoiceMenu
          label={text.role}
          options={(['publish', 'read'] as const).map((value) => ({ value, label: text.roles[value] }))}
          chosen={role === null ? [] : [role]}
          onChange={(chosen) => {
            adjust({ role: onlyOne(chosen, role) });
          }}
        />
        <ChoiceMenu
          label={text.state}
          options={(['open', 'closed'] as const).map((value) => ({ value, label: text.states[value] }))}
          chosen={sessions === null ? [] : [sessions]}
          onChange={(chosen) => {
            adjust({ sessions: onlyOne(chosen, sessions) });
          }}
        />
        <ChoiceMenu
          label={texts.filter.protocol}
          options={PROTOCOLS.map((value) => ({ value, label: protocolName(value) }))}
          chosen={PROTOCOLS.filter((one) => protocol.includes(one))}
          onChange={(chosen) => {
            adjust({ protocol: chosen });
          }}
        />
        <ServerMenu isSingle />
        <TimeField
          label={text.from}
          value={from}
          onChange={(ms) => {
            adjust({ from: ms });
          }}
        />
        <TimeField
          label={text.to}
          value={to}
          onChange={(ms) => {
            adjust({ to: ms });
          }}
        />
      </search>
      <SessionList question={question} limit={PER_PAGE} hasStreams fileName="sessions" />
    </div>
  );
}

/** Of two, both are the same as neither. */
function onlyOne<T extends string>(chosen: readonly T[], before: T | null): T | null {
  return chosen.find((one) => one !== before) ?? null;
}

function questionOf({ q, server, label, role, sessions, protocol, from, to }: ViewState): SessionQuestion {
  const stream = searchGlob(q.trim());
  const [only] = server;
  const protocols = PROTOCOLS.filter((one) => protocol.includes(one));
  return {
    ...(stream !== null && { stream }),
    ...(only !== undefined && { server: only }),
    ...(label.length > 0 && { label }),
    ...(role !== null && { role }),
    ...(sessions !== null && { state: sessions }),
    ...(protocols.length > 0 && { protocol: protocols }),
    ...(from !== null && { since: new Date(from).toISOString() }),
    ...(to !== null && { until: new Date(to).toISOString() }),
  };
}
