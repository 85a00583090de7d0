import { describe, expect, test } from '@jest/globals';
import type { AlerterState, Queued, StoredTarget } from '../../src/model.ts';
import { changesBetween } from '../../src/store/changes.ts';
import { readState } from '../../src/store/read-state.ts';
import { alert, news } from '../support/messages.ts';
import { NOTHING, SILENCE, stateOf, storedAlert, storedTarget } from '../support/states.ts';

const queued = (id: string, fields: Partial<Queued> = {}): Queued => ({
  message: news({ fired: [alert()] }, id),
  isReplay: false,
  queuedAtMs: 5,
  tries: 0,
  nextTryAtMs: 5,
  ...fields,
});
const phone: StoredTarget = storedTarget({ queue: [queued('m1'), queued('m2', { isReplay: true })] });
const TOLD: StoredTarget['told'] = [{ id: 'a2', code: 'cpu-high', severity: 'warning' }];
const full: AlerterState = stateOf(
  [storedAlert(), storedAlert({ id: 'a2', subject: { kind: 'host', host: 'media-1' }, acknowledged: null })],
  [phone, storedTarget({ name: 'mail', error: 'refused', sentAtMs: 3, isDisabled: true, told: TOLD })],
);

/** What stands in the hash once these changes are made. */
function written(fields: ReadonlyMap<string, string>, before: AlerterState, after: AlerterState) {
  const { sets, removes } = changesBetween(before, after);
  const now = new Map([...fields, ...sets]);
  for (const field of removes) now.delete(field);
  return now;
}

describe('a state', () => {
  test('is read as it was kept', () => {
    expect(readState(written(new Map(), NOTHING, full))).toStrictEqual({ state: full, unusable: [] });
  });

  test('has alerts of streams whatever these are called', () => {
    const odd = storedAlert({
      subject: { kind: 'stream', server: 'main', stream: 'half \ud83d of a: character' },
    });
    const { sets } = changesBetween(NOTHING, stateOf([odd]));
    // What Redis makes of names and values.
    const asKept = new Map(
      Array.from(sets, ([name, value]) => [Buffer.from(name).toString(), Buffer.from(value).toString()]),
    );
    expect(readState(asKept)).toStrictEqual({ state: stateOf([odd]), unusable: [] });
    const elsewhere = new Map([['alert:stream:main:other', JSON.stringify(odd)]]);
    expect(readState(elsewhere).unusable).toStrictEqual(['alert:stream:main:other']);
  });

  test('has no silence that those who read alerts refuse, nor a time', () => {
    const silence = { ...SILENCE, comment: '' };
    const alert = storedAlert({ since: '+275760-09-13T00:00:00.000Z' });
    const { sets } = changesBetween(NOTHING, { ...stateOf([alert]), silences: new Map([['s1', silence]]) });
    const { state, unusable } = readState(sets);
    expect([state.silences.size, state.alerts.size, unusable.length]).toStrictEqual([0, 0, 2]);
  });

  test('of which nothing is kept is empty', () => {
    expect(readState(new Map())).toStrictEqual({ state: NOTHING, unusable: [] });
  });

  test('is written as far as it changed', () => {
    const alerts = new Map(full.alerts);
    alerts.delete('host:media-1');
    const after: AlerterState = { ...full, alerts, commandId: '1767225600000-4' };
    expect(changesBetween(full, after)).toStrictEqual({
      sets: new Map([['command', '1767225600000-4']]),
      removes: ['alert:host:media-1'],
      appends: [],
    });
    expect(changesBetween(full, { ...full })).toStrictEqual({ sets: new Map(), removes: [], appends: [] });
  });

  test('has a message written once, however often it is tried, and removed with its place', () => {
    const [first, ...others] = phone.queue;
    if (first === undefined) throw new Error('there is no message');
    const tried = { ...phone, queue: [{ ...first, tries: 1, nextTryAtMs: 10 }, ...others] };
    const after = { ...full, targets: new Map([...full.targets, ['phone', tried]]) };
    expect([...changesBetween(full, after).sets.keys()]).toStrictEqual(['target:phone']);
    const delivered = {
      ...full,
      targets: new Map([...full.targets, ['phone', { ...phone, queue: others }]]),
    };
    expect(changesBetween(full, delivered).removes).toStrictEqual(['message:m1']);
    const fields = written(written(new Map(), NOTHING, full), full, delivered);
    expect(readState(fields).state).toStrictEqual(delivered);
  });
});

describe('what an Alertmanager was told', () => {
  const mail = (fields: Partial<StoredTarget>): AlerterState => ({
    ...full,
    targets: new Map([...full.targets, ['mail', storedTarget({ name: 'mail', told: TOLD, ...fields })]]),
  });

  test('is written where it changed, not with each try', () => {
    expect([...changesBetween(mail({}), mail({ error: 'no' })).sets.keys()]).toStrictEqual(['target:mail']);
    const { sets, removes } = changesBetween(mail({}), mail({ told: [] }));
    expect([[...sets.keys()], removes]).toStrictEqual([['target:mail'], ['told:mail']]);
  });

  test('is nothing where an earlier version kept the target', () => {
    const fields = written(new Map(), NOTHING, full);
    fields.delete('told:mail');
    const { state, unusable } = readState(fields);
    expect([state.targets.get('mail')?.told, unusable]).toStrictEqual([[], []]);
  });

  test('is let go with the target', () => {
    const fields = written(new Map(), NOTHING, full);
    fields.delete('target:mail');
    expect(readState(fields).unusable).toStrictEqual(['told:mail']);
  });
});

describe('what stands in the hash otherwise', () => {
  const fields = written(new Map(), NOTHING, full);

  test.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another object', '{"id":1}'],
  ])('is told, and the rest is read: %s', (_, text) => {
    const wrong = new Map([
      ...fields,
      ...['alert:x', 'silence:x', 'target:x', 'message:x', 'told:x'].map((field) => [field, text] as const),
    ]);
    const { state, unusable } = readState(wrong);
    expect(state).toStrictEqual(full);
    expect(unusable.toSorted()).toStrictEqual(['alert:x', 'message:x', 'silence:x', 'target:x', 'told:x']);
  });

  test.each([
    ['subject', { kind: 'stream', server: 'NO', stream: 'cam' }],
    ['subject', { kind: 'planet' }],
    ['state', 'burning'],
    ['reasons', [{ code: 'off-air' }]],
    ['since', 'yesterday'],
    ['wrongAtMs', null],
    ['returns', -1],
    ['notified', { phone: { state: 'told' } }],
    ['acknowledged', {}],
  ])('is no alert without a usable %s: %j', (name, value) => {
    const wrong = new Map([['alert:x', JSON.stringify({ ...storedAlert(), [name]: value })]]);
    expect(readState(wrong)).toStrictEqual({ state: NOTHING, unusable: ['alert:x'] });
  });

  test('is passed over where a newer alerter may know it, and its members are kept', () => {
    const newer = { ...storedAlert(), mood: 'grave' };
    const { state, unusable } = readState(
      new Map([
        ['future:x', 'anything'],
        ['alert:stream:main:cam 📹', JSON.stringify(newer)],
      ]),
    );
    expect(unusable).toStrictEqual([]);
    expect(state.alerts.get('stream:main:cam 📹')).toStrictEqual(newer);
  });

  test('as a place whose message is lost is let go, and a message that has no place', () => {
    const lost = new Map(fields);
    lost.delete('message:m1');
    expect(
      readState(lost)
        .state.targets.get('phone')
        ?.queue.map(({ message }) => message.id),
    ).toStrictEqual(['m2']);
    const orphan = new Map([...fields].filter(([field]) => field !== 'target:phone'));
    expect(readState(orphan).unusable).toStrictEqual(['message:m1', 'message:m2']);
  });

  test('as the id of a command that is none has all be looked at', () => {
    expect(readState(new Map([['command', 'first']])).state.commandId).toBe('0-0');
  });
});
