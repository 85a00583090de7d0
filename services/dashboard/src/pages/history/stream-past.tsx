import type { Range, StreamId } from '../../data/view.ts';
import { keyOf } from '../../model/streams.ts';
import { useDashboard } from '../../ui/context.ts';
import { Compare } from './compare.tsx';
import { PastSection } from './past-section.tsx';
import type { PastSubject } from './subject.ts';

/** How a stream was, and with it another one. */
export function StreamPast({ id, range }: { readonly id: StreamId; readonly range: Range }) {
  const { view } = useDashboard();
  const other = view.value.with;
  const isOther = other !== null && keyOf(other) !== keyOf(id);
  const subjects = [id, ...(isOther ? [other] : [])].map((stream): PastSubject => ({
    kind: 'stream',
    ...stream,
  }));
  return (
    <PastSection subjects={subjects} range={range} hasLive>
      <Compare id={id} />
    </PastSection>
  );
}
