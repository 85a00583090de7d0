import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../../src/commands/parse.ts';
import { changesBetween } from '../../src/store/changes.ts';
import { readState } from '../../src/store/read-state.ts';
import { NOTHING, SILENCE, stateOf, storedAlert, storedTarget } from '../support/states.ts';

/** JSON of something that was kept, of which one member is another. */
const changed = fc
  .tuple(fc.constantFrom<object>(storedAlert(), storedTarget(), SILENCE), fc.nat(), fc.jsonValue())
  .map(([kept, place, value]) => {
    const names = Object.keys(kept);
    return JSON.stringify({ ...kept, [names[place % names.length] ?? '']: value });
  });
const field = fc
  .tuple(fc.constantFrom('alert:', 'silence:', 'target:', 'message:', 'command', ''), fc.string())
  .map(([prefix, name]) => `${prefix}${name}`);

test('whatever stands in the hash, what is read of it can be kept, and read again', () => {
  const pair = fc.tuple(field, fc.oneof(fc.json(), fc.string(), changed));
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const { state } = readState(new Map(pairs));
      const { sets } = changesBetween(NOTHING, state);
      expect(readState(sets).state).toStrictEqual(state);
    }),
  );
});

test('what a state became is what is read, whatever it was', () => {
  const alerts = fc
    .uniqueArray(fc.string(), { maxLength: 5 })
    .map((names) =>
      names.map((stream) => storedAlert({ id: stream, subject: { kind: 'stream', server: 'main', stream } })),
    );
  fc.assert(
    fc.property(alerts, alerts, (some, others) => {
      const [before, after] = [stateOf(some, [storedTarget()]), stateOf(others)];
      const fields = new Map([...changesBetween(NOTHING, before).sets]);
      const { sets, removes } = changesBetween(before, after);
      for (const name of removes) fields.delete(name);
      expect(readState(new Map([...fields, ...sets])).state).toStrictEqual(after);
    }),
  );
});

test('whatever a command holds, it is one or is refused', () => {
  const type = fc.constantFrom('silence.add', 'silence.delete', 'alert.ack', 'target.test', 'constructor');
  const members = fc.record({ type, by: fc.jsonValue(), id: fc.jsonValue(), silence: fc.jsonValue() });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        members.map((each) => JSON.stringify(each)),
      ),
      (json) => {
        const parsed = parseCommand({ json });
        if ('reason' in parsed) expect(parsed.reason).not.toBe('');
        else expect(typeof parsed.command.by).toBe('string');
      },
    ),
  );
});
