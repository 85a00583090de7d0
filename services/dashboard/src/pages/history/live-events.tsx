import { happenedMs } from '@mediamtx-monitor/model';
import { useEffect, useMemo } from 'preact/hooks';
import type { StreamId } from '../../data/view.ts';
import type { ChartTick } from '../../ui/chart-options.ts';
import type { PastSubject } from './subject.ts';
import { usePastEvents } from './use-past.ts';

interface LiveEventsProps {
  readonly stream: StreamId;
  /** Since when, in ms since 1970. */
  readonly fromMs: number;
  /** Hears what happened to the stream and its server; the same ticks as long as nothing has. */
  readonly onTicks: (ticks: readonly ChartTick[]) => void;
}

/** Asks what happens while the charts of a stream are looked at. */
export function LiveEvents({ stream, fromMs, onTicks }: LiveEventsProps) {
  const { server, name } = stream;
  const subjects = useMemo((): readonly PastSubject[] => [{ kind: 'stream', server, name }], [server, name]);
  const { events } = usePastEvents(subjects, { span: { fromMs, toMs: fromMs }, isOpen: true });
  const ids = events.map(({ id }) => id).join();
  useEffect(() => {
    onTicks(events.map((event) => ({ atMs: happenedMs(event), severity: event.severity })));
  }, [ids]);
  return null;
}
