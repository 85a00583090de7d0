import { useSignalEffect } from '@preact/signals';
import { DashboardContext, useDashboard } from './context.ts';
import type { Dashboard } from './dashboard.ts';
import { EventsNote } from './head/events-note.tsx';
import { Header } from './head/header.tsx';
import { LinkBanner } from './head/link-banner.tsx';
import { SignIn } from './head/sign-in.tsx';
import { TruthLine } from './head/truth-line.tsx';
import { HelpPage } from './help/help-page.tsx';
import { Overview } from './overview/overview.tsx';
import { ServersPage } from './servers/servers-page.tsx';
import { StreamPage } from './stream/stream-page.tsx';
import type { Texts } from './i18n/en.ts';
import type { Truth } from './model/truth.ts';
import { displayName, keyOf } from './model/listed.ts';
import type { ViewState } from './model/view-state.ts';
import { followLinks } from './ui/follow-links.ts';
import { PagePlace } from './ui/page-place.tsx';
import { SCROLLER_ID } from './ui/visible-range.ts';

/** More aren't counted in a tab's title: it would only flicker. */
const MAX_IN_TITLE = 99;

/** Title of the tab: how many need attention, then what is shown. */
function titleOf(truth: Truth, { stream }: ViewState, texts: Texts, hasManyServers: boolean): string {
  const count = truth.kind === 'attention' ? truth.streams.length + truth.troubles.length : 0;
  const where =
    stream === null ? texts.head.title : `${displayName(stream, hasManyServers)} – ${texts.head.title}`;
  if (count === 0) return where;
  return `(${count > MAX_IN_TITLE ? `${MAX_IN_TITLE}+` : count}) ${where}`;
}

function classOf({ kiosk, stream }: ViewState): string {
  return ['app', kiosk && 'kiosk', stream !== null && 'app-stream'].filter(Boolean).join(' ');
}

/** What the address says is looked at. */
function Page() {
  const { stream, view } = useDashboard().view.value;
  // Each stream has a page of its own: what is paused or played on one isn't on the next.
  if (stream !== null) return <StreamPage key={keyOf(stream)} id={stream} />;
  if (view === 'help') return <HelpPage />;
  return view === 'servers' ? <ServersPage /> : <Overview />;
}

/** The whole page. */
export function App({ dashboard }: { readonly dashboard: Dashboard }) {
  const { feed, view, texts, language, theme, truth, openLink, hasManyServers } = dashboard;

  useSignalEffect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset['theme'] = theme.value;
    document.documentElement.toggleAttribute('data-kiosk', view.value.kiosk);
  });
  useSignalEffect(() => {
    document.title = titleOf(truth.value, view.value, texts.value, hasManyServers.value);
  });

  const link = feed.link.value;
  const follow = followLinks(openLink);
  const needsToken = link.state === 'refused' && link.code === 'unauthorized';
  return (
    <DashboardContext.Provider value={dashboard}>
      <div class={classOf(view.value)} onClick={follow} onAuxClick={follow}>
        <a class="skip" href={`#${SCROLLER_ID}`}>
          {texts.value.nav.skip}
        </a>
        {needsToken ? (
          <SignIn />
        ) : (
          <>
            <Header />
            <TruthLine />
            <LinkBanner />
            <EventsNote />
            <main id={SCROLLER_ID} tabIndex={-1}>
              <PagePlace />
              <Page />
            </main>
          </>
        )}
      </div>
    </DashboardContext.Provider>
  );
}
