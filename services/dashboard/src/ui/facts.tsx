import { useDashboard } from '../context.ts';
import { known } from './known.tsx';

interface FactsProps {
  /** Name and value; what is `null` isn't there to be shown. */
  readonly facts: readonly (readonly [name: string, value: string | null])[];
}

/** Names with their values. */
export function Facts({ facts }: FactsProps) {
  const { unknown } = useDashboard().texts.value;
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{known(value, unknown)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
