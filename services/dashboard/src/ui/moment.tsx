import { useMemo } from 'preact/hooks';
import { useDashboard } from '../context.ts';

interface LastingProps {
  readonly since: string;
  /** How long that is. It changes less often than the clock, and until then nothing is drawn anew. */
  readonly text: string;
}

/** For how long something lasts; the exact local time of its beginning on hover. */
export function Lasting({ since, text }: LastingProps) {
  const { format } = useDashboard();
  const write = format.value;
  const exact = useMemo(() => write.exact(since), [write, since]);
  return (
    <time dateTime={since} title={exact}>
      {text}
    </time>
  );
}
