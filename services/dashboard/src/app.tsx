import { useSignalEffect } from '@preact/signals';
import { DashboardContext, useDashboard } from './context.ts';
import type { Dashboard } from './dashboard.ts';
import { Header } from './head/header.tsx';
import { LinkBanner } from './head/link-banner.tsx';
import { SignIn } from './head/sign-in.tsx';
import { TruthLine } from './head/truth-line.tsx';
import { Overview } from './overview/overview.tsx';
import { StreamPage } from './stream/stream-page.tsx';
import type { ViewState } from './model/view-state.ts';
import { followLinks } from './ui/follow-links.ts';
import { SCROLLER_ID } from './ui/visible-range.ts';

function classOf({ kiosk, stream }: ViewState): string {
  return ['app', kiosk && 'kiosk', stream !== null && 'app-stream'].filter(Boolean).join(' ');
}

/** What the address says is looked at. */
function Page() {
  const { stream } = useDashboard().view.value;
  return stream === null ? <Overview /> : <StreamPage id={stream} />;
}

/** The whole page. */
export function App({ dashboard }: { readonly dashboard: Dashboard }) {
  const { feed, view, texts, language, theme, openLink } = dashboard;

  useSignalEffect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset['theme'] = theme.value;
  });

  const link = feed.link.value;
  const needsToken = link.state === 'refused' && link.code === 'unauthorized';
  return (
    <DashboardContext.Provider value={dashboard}>
      <div class={classOf(view.value)} onClick={followLinks(openLink)}>
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
            <main id={SCROLLER_ID} tabIndex={-1}>
              <Page />
            </main>
          </>
        )}
      </div>
    </DashboardContext.Provider>
  );
}
