import { expect, test } from '@jest/globals';
import { alertRecord } from '@mediamtx-monitor/testkit';
import { silencedSubjects } from '../../src/model/silenced.ts';
import { toldOf } from '../support/told.ts';

const SILENCE = {
  ...{ id: 's1', server: 'main', stream: 'cam', reason: null, author: 'ops', comment: '' },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', until: '2026-01-01T06:00:00.000Z' },
};
const cam = { kind: 'stream', server: 'main', stream: 'cam' } as const;

test('what is silenced is known by what it is about, with its end where it has one', () => {
  const told = toldOf(
    [
      alertRecord({ id: 'a', subject: cam, silencedBy: 's1' }),
      alertRecord({ id: 'b', subject: { kind: 'host', host: 'box' }, silencedBy: 'nights' }),
      alertRecord({ id: 'c', subject: { kind: 'server', server: 'main' } }),
      alertRecord({ id: 'd', subject: { ...cam, stream: 'over' }, state: 'resolved', silencedBy: 's1' }),
    ],
    { silences: [SILENCE] },
  );
  expect(silencedSubjects(told)).toStrictEqual({
    'stream main/cam': { until: SILENCE.until },
    'host box': { until: null },
  });
});
