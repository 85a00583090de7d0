/** A changed copy of a value. */
export interface Mutant {
  /** What was changed, for people. */
  readonly change: string;
  readonly value: unknown;
}

const MISSING = Symbol('missing');
const WRONG: readonly unknown[] = [MISSING, null, '', 'x', -1, 0, 1.5, true, [], {}];
const EXTRA = 'addedLater';

/** Every member and item, however deep, replaced by each kind of value; and an extra member in every object. */
export function mutantsOf(value: object): readonly Mutant[] {
  return [...changed(value, '')];
}

function* changed(value: unknown, path: string): Generator<Mutant> {
  if (typeof value !== 'object' || value === null) return;
  const entries: [string, unknown][] = Object.entries(value);
  const put = (name: string, member: unknown): unknown => {
    const others: [string, unknown][] = entries.map(([each, old]) => [each, each === name ? member : old]);
    const all = others.some(([each]) => each === name) ? others : [...others, [name, member] as const];
    const kept = all.filter(([, each]) => each !== MISSING);
    return Array.isArray(value) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
  };
  if (!Array.isArray(value)) yield { change: `${path}.${EXTRA} added`, value: put(EXTRA, 'x') };
  for (const [name, member] of entries) {
    const at = `${path}.${name}`;
    for (const wrong of WRONG) {
      const shown = wrong === MISSING ? 'missing' : JSON.stringify(wrong);
      yield { change: `${at} ${shown}`, value: put(name, wrong) };
    }
    for (const { change, value: below } of changed(member, at)) yield { change, value: put(name, below) };
  }
}
