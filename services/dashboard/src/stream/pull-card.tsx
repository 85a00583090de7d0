import type { Pull } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import { stateWords } from '../i18n/state-words.ts';
import { Facts } from '../ui/facts.tsx';

/** How the server fetches the stream, and what MediaMTX says when it can't; its text is shown as text. */
export function PullCard({ pull }: { readonly pull: Pull }) {
  const words = useDashboard().texts.value.pull;
  const how = pull.onDemand === null ? words.notKnown : pull.onDemand ? words.onDemand : words.always;
  return (
    <section class="card" aria-labelledby="pull-title">
      <h3 id="pull-title">{words.title}</h3>
      <Facts
        facts={[
          [words.how, how],
          [words.state, pull.state == null ? null : stateWords(pull.state, words.states)],
          [words.error, pull.error],
        ]}
      />
    </section>
  );
}
