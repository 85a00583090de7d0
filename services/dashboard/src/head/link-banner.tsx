import { useDashboard } from '../context.ts';
import { Icon } from '../ui/icon.tsx';

/** Says that there is no connection, for as long as there is none. */
export function LinkBanner() {
  const { feed, texts, format } = useDashboard();
  const link = feed.link.value;
  const { lost, waiting, refused } = texts.value.link;
  if (link.state !== 'waiting' && link.state !== 'refused') return null;
  const what =
    link.state === 'waiting' ? waiting(format.value.duration(Math.max(1000, link.retryInMs))) : refused;
  return (
    <div class="banner" role="status">
      <Icon name="offline" />
      <p>
        {feed.fleet.value.servers.size > 0 && <strong>{lost} </strong>}
        {what}.{link.state === 'refused' && ` ${link.reason}`}
      </p>
    </div>
  );
}
