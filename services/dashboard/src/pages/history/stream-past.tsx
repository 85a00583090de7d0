import type { Range, StreamId } from '../../data/view.ts';
import { useDashboard } from '../../ui/context.ts';
import { Compare } from './compare.tsx';
import { PastSection } from './past-section.tsx';
import type { PastSubject } from './subject.ts';

/** How a stream was, and with it another one. */
export function StreamPast({ id, range }: { readonly id: StreamId; readonly range: Range }) {
  const { view } = useDashboard();
  const other = view.value.with;
  const subjects: PastSubject[] = [id, ...(other === null ? [] : [other])].map((stream) => ({
    kind: 'stream',
    ...stream,
  }));
  return (
    <>
      <Compare id={id} />
      <PastSection subjects={subjects} range={range} hasLive />
    </>
  );
}
