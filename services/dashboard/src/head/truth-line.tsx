import type { Age } from '@mediamtx-monitor/client';
import type { Health } from '@mediamtx-monitor/types';
import { useDashboard } from '../context.ts';
import type { Format } from '../i18n/format.ts';
import type { Truth } from '../model/truth.ts';
import { HealthMark } from '../ui/health-mark.tsx';
import { Announcer } from './announcer.tsx';
import { TruthDetail } from './truth-detail.tsx';
import { truthWords } from './truth-words.ts';
import { useTelling } from './use-telling.ts';

/** The one sentence an operator looks for. */
export function TruthLine() {
  const { truth, texts, feed, format } = useDashboard();
  // Ages change each second, and matter only here.
  const age = truth.value.kind === 'outdated' ? leastAge(feed.ages.value, format.value) : null;
  const telling = useTelling();
  const health = healthOf(truth.value);
  const isQuiet = truth.value.kind === 'connecting' || truth.value.kind === 'empty';
  return (
    <section class={`truth truth-${isQuiet ? 'quiet' : health}`} aria-label={texts.value.truth.label}>
      <h1>
        <HealthMark
          health={health}
          word={truth.value.kind === 'attention' ? texts.value.healths[health] : undefined}
        />
        {truthWords(truth.value, telling, age)}
      </h1>
      <TruthDetail truth={truth.value} />
      <Announcer />
    </section>
  );
}

/** Age of the newest data, written; `null` when none is known. */
function leastAge(ages: ReadonlyMap<string, Age>, { duration }: Format): string | null {
  const known = [...ages.values()].flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
  return known.length === 0 ? null : duration(Math.min(...known));
}

function healthOf(truth: Truth): Health {
  if (truth.kind === 'attention') return truth.severity;
  return truth.kind === 'well' ? 'ok' : 'unknown';
}
