import { useSignalEffect } from '@preact/signals';
import { DashboardContext } from './context.ts';
import type { Dashboard } from './dashboard.ts';
import { Header } from './head/header.tsx';
import { LinkBanner } from './head/link-banner.tsx';
import { SignIn } from './head/sign-in.tsx';
import { TruthLine } from './head/truth-line.tsx';
import { Overview } from './overview/overview.tsx';
import { followLinks } from './ui/follow-links.ts';
import { SCROLLER_ID } from './ui/visible-range.ts';

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
      <div class={view.value.kiosk ? 'app kiosk' : 'app'} onClick={followLinks(openLink)}>
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
              <Overview />
            </main>
          </>
        )}
      </div>
    </DashboardContext.Provider>
  );
}
