import type { MonitorState } from '@mediamtx-monitor/client';
import { useDashboard } from '../context.ts';
import type { Texts } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';
import { Icon } from '../ui/icon.tsx';

/** Says that there is no connection, for as long as there is none. */
export function LinkBanner() {
  const { feed, texts, format } = useDashboard();
  const hasPicture = feed.fleet.value.servers.size > 0;
  const link = feed.link.value;
  if (link.state === 'open' || (link.state === 'connecting' && !hasPicture)) return null;
  return (
    <div class="banner">
      <Icon name="offline" />
      <p>
        {hasPicture && <strong>{texts.value.link.lost} </strong>}
        {whatNext(link, texts.value.link, format.value)}
      </p>
    </div>
  );
}

function whatNext(link: MonitorState, words: Texts['link'], format: Format): string {
  switch (link.state) {
    case 'waiting':
      return `${words.waiting(format.duration(Math.max(1000, link.retryInMs)))}.`;
    case 'refused':
      return `${words.refused}. ${link.reason}`;
    case 'connecting':
      return `${words.connecting} …`;
    case 'open':
    case 'closed':
      return '';
  }
}
