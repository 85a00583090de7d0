import { useMemo } from 'preact/hooks';
import { useDashboard } from '../context.ts';

interface LastingProps {
  readonly since: string;
  /** Unix time in ms. */
  readonly now: number;
}

/** For how long something lasts; the exact local time of its beginning on hover. */
export function Lasting({ since, now }: LastingProps) {
  const { format } = useDashboard();
  const write = format.value;
  const exact = useMemo(() => write.exact(since), [write, since]);
  return (
    <time dateTime={since} title={exact}>
      {write.duration(now - Date.parse(since))}
    </time>
  );
}
