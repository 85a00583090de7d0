import { isIll } from '@mediamtx-monitor/model';
import type { StreamId } from '../../data/view.ts';
import type { ListedStream } from '../../model/streams.ts';
import { useAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';
import { silencedText } from '../silenced-note.tsx';

/** Leads whoever may to where an alert is taken on, silenced, or its silence ended. */
export function AlertActions({ id, listed }: { readonly id: StreamId; readonly listed: ListedStream }) {
  const dashboard = useDashboard();
  const { shown } = dashboard;
  const silenced = silencedText({ kind: 'stream', server: id.server, stream: id.name }, dashboard);
  const isWanted = shown.bell.value.alerter === 'at-work' && (isIll(listed.health) || silenced !== null);
  return isWanted ? <Action isSilenced={silenced !== null} /> : null;
}

function Action({ isSilenced }: { readonly isSilenced: boolean }) {
  const { bell, shown, texts } = useDashboard();
  const { answer } = useAnswer('me', (api) => api.me());
  if (answer?.mayChange !== true) return null;
  const { act, endSilence } = texts.value.alerts;
  return (
    <button
      type="button"
      class="button"
      aria-haspopup="dialog"
      onClick={() => {
        bell.open(shown.bell.peek().newest);
      }}
    >
      {isSilenced ? endSilence : act}
    </button>
  );
}
