import { expect, test } from '@jest/globals';
import { previewSchema } from '@mediamtx-monitor/types/schemas';
import request from 'supertest';
import { loadConfig } from '../../src/config.ts';
import { previewsOf } from '../../src/routes/index.ts';
import { ask } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

test('none unless set', async () => {
  const { url } = await startRoutes({ previews: previewsOf(loadConfig({}).values) });
  const { status, body } = await ask(request(url).get('/api/previews'));
  expect([status, body]).toStrictEqual([200, { items: [], total: 0 }]);
});

test('what the settings name, of which protocol it is', async () => {
  const { values } = loadConfig({
    PREVIEW_WEBRTC_URL: 'http://192.0.2.1:8889/, north=https://north.example/webrtc',
    PREVIEW_HLS_URL: 'north=http://[2001:db8::1]:8888',
  });
  const { url } = await startRoutes({ previews: previewsOf(values) });
  const { body } = await ask(request(url).get('/api/previews'));
  const items = [
    { server: null, protocol: 'webrtc', url: 'http://192.0.2.1:8889' },
    { server: 'north', protocol: 'webrtc', url: 'https://north.example/webrtc' },
    { server: 'north', protocol: 'hls', url: 'http://[2001:db8::1]:8888' },
  ];
  expect(body).toStrictEqual({ items, total: 3 });
  for (const item of items) expect(previewSchema.validate(item).error).toBeUndefined();
});
