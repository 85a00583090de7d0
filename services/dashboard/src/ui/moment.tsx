import { useDashboard } from '../context.ts';

/** How long ago something was, or for how long it lasts; the exact local time on hover. */
export function Lasting({ since }: { readonly since: string }) {
  const { format, now } = useDashboard();
  return (
    <time dateTime={since} title={format.value.exact(since)}>
      {format.value.duration(now() - Date.parse(since))}
    </time>
  );
}
