import { useSignalEffect } from '@preact/signals';
import type { ViewState } from './data/view.ts';
import type { Texts } from './i18n/en/index.ts';
import { displayName, keyOf } from './model/streams.ts';
import { attentionCount, type FleetSummary } from './model/summary.ts';
import { EventsNote, LinkBanner } from './pages/api-link.tsx';
import { Header } from './pages/header.tsx';
import { Overview } from './pages/overview.tsx';
import { AvailabilityPage, SessionsPage, TimelinePage } from './pages/past.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { StreamPage } from './pages/stream/stream-page.tsx';
import { SummaryLine } from './pages/summary.tsx';
import { type Dashboard, DashboardContext, useDashboard } from './ui/context.ts';
import { SCROLLER_ID } from './ui/layout.ts';
import { Guarded } from './ui/guarded.tsx';
import { lazily } from './ui/loaded.tsx';
import { followLinks, PagePlace } from './ui/navigation.tsx';

const HelpPage = lazily(async () => (await import('./pages/help.tsx')).HelpPage);
const HistoryPage = lazily(async () => (await import('./pages/history/history-page.tsx')).HistoryPage);
const LinkedTokenQuestion = lazily(
  async () => (await import('./pages/linked-token.tsx')).LinkedTokenQuestion,
);
const ServersPage = lazily(async () => (await import('./pages/servers/servers-page.tsx')).ServersPage);

/** More aren't counted in a tab's title: it would only flicker. */
const MAX_IN_TITLE = 99;

/** Title of the tab: how many need attention, then what is shown. */
function titleOf(
  summary: FleetSummary,
  { stream }: ViewState,
  texts: Texts,
  hasManyServers: boolean,
): string {
  const count = attentionCount(summary) ?? 0;
  const where =
    stream === null ? texts.header.title : `${displayName(stream, hasManyServers)} – ${texts.header.title}`;
  if (count === 0) return where;
  return `(${count > MAX_IN_TITLE ? `${MAX_IN_TITLE}+` : count}) ${where}`;
}

function classOf({ kiosk, stream, view }: ViewState): string {
  const isWall = stream === null && view === 'wall';
  return ['app', kiosk && 'kiosk', stream !== null && 'app-stream', isWall && 'app-wall']
    .filter(Boolean)
    .join(' ');
}

/** What can't be drawn on one page may be on the next. */
function pageOf({ stream, view }: ViewState): string {
  return stream === null ? view : keyOf(stream);
}

/** What the address says is looked at. */
function Page() {
  const { stream, view } = useDashboard().view.value;
  // Each stream has a page of its own: what is paused or played on one isn't on the next.
  if (stream !== null) return <StreamPage key={keyOf(stream)} id={stream} />;
  if (view === 'help') return <HelpPage />;
  if (view === 'history') return <HistoryPage />;
  if (view === 'timeline') return <TimelinePage />;
  if (view === 'sessions') return <SessionsPage />;
  if (view === 'availability') return <AvailabilityPage />;
  return view === 'servers' ? <ServersPage /> : <Overview />;
}

/** The whole page. */
export function App({ dashboard }: { readonly dashboard: Dashboard }) {
  const { shown, view, texts, language, theme, openLink, linkedToken, hasManyServers } = dashboard;

  useSignalEffect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset['theme'] = theme.value;
    document.documentElement.toggleAttribute('data-kiosk', view.value.kiosk);
  });
  useSignalEffect(() => {
    document.title = titleOf(shown.summary.value, view.value, texts.value, hasManyServers.value);
  });

  const link = shown.link.value;
  const follow = followLinks(openLink);
  const question = linkedToken.step.value !== null && <LinkedTokenQuestion />;
  const needsToken = link.state === 'refused' && link.code === 'unauthorized';
  return (
    <DashboardContext.Provider value={dashboard}>
      <div class={classOf(view.value)} onClick={follow} onAuxClick={follow}>
        {needsToken ? (
          <>
            {question}
            <SignIn />
          </>
        ) : (
          <>
            <a class="skip" href={`#${SCROLLER_ID}`}>
              {texts.value.nav.skip}
            </a>
            <Header />
            <SummaryLine />
            <LinkBanner />
            {question}
            <EventsNote />
            <main id={SCROLLER_ID} tabIndex={-1}>
              <PagePlace />
              <Guarded key={pageOf(view.value)}>
                <Page />
              </Guarded>
            </main>
          </>
        )}
      </div>
    </DashboardContext.Provider>
  );
}
