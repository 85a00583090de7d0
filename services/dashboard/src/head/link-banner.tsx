import { useDashboard } from '../context.ts';
import { Icon } from '../ui/icon.tsx';

/** Says that there is no connection, for as long as there is none; or that the page is too old for it. */
export function LinkBanner() {
  const { feed, texts, reload } = useDashboard();
  const link = feed.link.value;
  const words = texts.value.link;
  if (feed.isUnreadable.value) {
    return (
      <div class="banner">
        <Icon name="warning" />
        <p>{words.unreadable}</p>
        <button type="button" class="button" onClick={reload}>
          {words.reload}
        </button>
      </div>
    );
  }
  if (link.state !== 'waiting' && link.state !== 'refused') return null;
  return (
    <div class="banner">
      <Icon name="offline" />
      <p>
        {feed.fleet.value.servers.size > 0 && <strong>{words.lost} </strong>}
        {words.troubles[link.code]}
        {link.state === 'waiting' && ` ${words.retrying}`}
      </p>
    </div>
  );
}
