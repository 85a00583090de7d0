import { expect, test } from '@jest/globals';
import { iso, READY_MS, rtmpConnection, ticker } from './facts.ts';

test('a connection is open since MediaMTX first said, whatever it says later', () => {
  const { connection } = ticker();
  expect(connection({ ...rtmpConnection(0), openedAtMs: null }).since).toBeNull();
  expect(connection(rtmpConnection(0)).since).toBe(iso(READY_MS));
  expect(connection({ ...rtmpConnection(0), openedAtMs: READY_MS + 5_000 }).since).toBe(iso(READY_MS));
});

test('its rates have three decimals', () => {
  const { connection } = ticker();
  connection(rtmpConnection(0));
  expect(connection(rtmpConnection(0, { inboundBytes: 123_456, outboundBytes: 1_234_567 }))).toMatchObject({
    inboundMbps: 0.494,
    outboundMbps: 4.938,
  });
});
