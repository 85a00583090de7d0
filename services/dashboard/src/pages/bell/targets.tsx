import { type TargetStatus, TEST_INTERVAL_MS } from '@mediamtx-monitor/types';
import { useState } from 'preact/hooks';
import { targetText, timeText } from '../../i18n/bell-text.ts';
import { type MessageOutcome, testOutcome, undelivered } from '../../model/deliveries.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { useBell } from './bell-context.ts';
import { ChangeNote, useChange } from './change.tsx';
import { useDeliveries } from './use-deliveries.ts';

/** A message that somebody waits for is looked for as long. */
const PATIENCE_MS = 60_000;

/** Who is told, how that goes, and what could not be delivered. */
export function Targets() {
  const { bell, targets, nowMs } = useBell();
  const text = bell.targets;
  const [waitsUntilMs, setWaitsUntil] = useState(0);
  const { answer: deliveries, error } = useDeliveries(nowMs < waitsUntilMs);
  const wait = (): void => {
    setWaitsUntil(nowMs + PATIENCE_MS);
  };
  const dead = undelivered(deliveries ?? []);
  return (
    <section aria-labelledby="bell-targets">
      <h3 id="bell-targets">{text.title}</h3>
      {targets.length === 0 && <p>{bell.noTargets}</p>}
      <ul class="bell-list">
        {targets.map((target) => (
          <TargetEntry key={target.name} target={target} deliveries={deliveries} onSent={wait} />
        ))}
      </ul>
      {error !== undefined && <p class="muted">{text.noNotifications}</p>}
      {dead.length > 0 && (
        <>
          <h4>{text.undelivered}</h4>
          <ul class="bell-list">
            {dead.map((delivery) => (
              <UndeliveredEntry key={delivery.id} delivery={delivery} onSent={wait} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const LOOKS = { ok: 'ok', failing: 'critical', disabled: 'unknown' } as const;

interface TargetEntryProps {
  readonly target: TargetStatus;
  /** `undefined` while they aren't known. */
  readonly deliveries: readonly MessageOutcome[] | undefined;
  readonly onSent: () => void;
}

function TargetEntry({ target, deliveries, onSent }: TargetEntryProps) {
  const context = useBell();
  const { bell, mayChange } = context;
  const text = bell.targets;
  const { step, run, isBusy } = useChange();
  // What is known of before the test says nothing of it; where that isn't known, nothing does.
  const [before, setBefore] = useState<readonly MessageOutcome[]>();
  const { name, kind, state, testAgeMs } = target;
  const isTested = testAgeMs !== null && testAgeMs < TEST_INTERVAL_MS;
  const outcome = step.step === 'sent' ? testOutcome(name, before, deliveries) : undefined;
  return (
    <li>
      <div class="bell-row">
        <div>
          <p>
            <HealthMark health={LOOKS[state]} /> <b>{name}</b> <span class="muted">{kind}</span>
          </p>
          <p class="muted wrap">{targetText(target, context)}</p>
        </div>
        {mayChange && state !== 'disabled' && (
          <button
            type="button"
            class="button"
            aria-label={text.testOf(name)}
            title={isTested ? text.tested : undefined}
            disabled={isBusy || isTested}
            onClick={() => {
              setBefore(deliveries);
              run((api) => api.testTarget(name));
              onSent();
            }}
          >
            {text.test}
          </button>
        )}
      </div>
      {outcome === undefined ? (
        <ChangeNote step={step} isDone={false} />
      ) : (
        <p class={outcome.outcome === 'delivered' ? 'muted' : 'form-error'} role="status">
          {outcome.outcome === 'delivered'
            ? text.testDelivered(timeText(outcome.at, context))
            : text.testFailed(outcome.error ?? '')}
        </p>
      )}
      {isTested && mayChange && <p class="muted">{text.tested}</p>}
    </li>
  );
}

interface UndeliveredEntryProps {
  readonly delivery: MessageOutcome;
  readonly onSent: () => void;
}

function UndeliveredEntry({ delivery, onSent }: UndeliveredEntryProps) {
  const context = useBell();
  const { bell, format, mayChange, targets } = context;
  const text = bell.targets;
  const { step, run, isBusy } = useChange();
  const { id, target, kind, madeAt, error, firedCount, repeatedCount, resolvedCount } = delivery;
  const made = timeText(madeAt, context);
  const count = firedCount + repeatedCount + resolvedCount;
  const isThere = targets.some(({ name, state }) => name === target && state !== 'disabled');
  return (
    <li>
      <div class="bell-row">
        <div>
          <p>
            <b>{target}</b>{' '}
            {kind === 'alerts' ? text.message.alerts(format.count(count)) : text.message[kind]}
          </p>
          <p class="muted wrap">
            {made}
            {error !== null && `: ${error}`}
          </p>
        </div>
        {mayChange && isThere && (
          <button
            type="button"
            class="button"
            aria-label={text.againOf(target, made)}
            disabled={isBusy || step.step === 'sent'}
            onClick={() => {
              run((api) => api.replay(id));
              onSent();
            }}
          >
            {text.again}
          </button>
        )}
      </div>
      <ChangeNote step={step} isDone={false} />
    </li>
  );
}
