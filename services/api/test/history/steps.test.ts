import { expect, test } from '@jest/globals';
import { Steps } from '../../src/history/steps.ts';

test('no share is answered as more than all, though kept numbers are rounded', () => {
  const subject = { kind: 'host', host: 'media-1' } as const;
  const fields = ['cpuPercent', 'inboundMbps'];
  const steps = new Steps({ subject, fields, fromMs: 0, toMs: 30_000, stepSeconds: 30 }, '30s');
  steps.addValue(0, 30, 100.0095);
  steps.addValue(2, 30, 100.0095);
  expect(steps.answer()).toStrictEqual({ cpuPercent: { mean: [100] }, inboundMbps: { mean: [100.0095] } });
});
