import type { Health } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import type { Truth } from '../model/truth.ts';
import { HealthMark } from '../ui/health-mark.tsx';
import { Announcer } from './announcer.tsx';
import { TruthDetail } from './truth-detail.tsx';
import { truthWords } from './truth-words.ts';

/** The one sentence an operator looks for. */
export function TruthLine() {
  const { truth, texts, feed, format } = useDashboard();
  const ages = [...feed.ages.value.values()].flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
  const age = ages.length === 0 ? null : format.value.duration(Math.min(...ages));
  const health = healthOf(truth.value);
  const isQuiet = truth.value.kind === 'connecting' || truth.value.kind === 'empty';
  return (
    <section class={`truth truth-${isQuiet ? 'quiet' : health}`} aria-label={texts.value.truth.label}>
      <h1>
        <HealthMark
          health={health}
          word={truth.value.kind === 'attention' ? texts.value.healths[health] : undefined}
        />
        {truthWords(truth.value, texts.value, format.value, age)}
      </h1>
      <TruthDetail truth={truth.value} />
      <Announcer />
    </section>
  );
}

function healthOf(truth: Truth): Health {
  if (truth.kind === 'attention') return truth.severity;
  return truth.kind === 'well' ? 'ok' : 'unknown';
}
