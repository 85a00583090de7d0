import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everywhere } from '../../support/outputs.ts';
import { publish } from '../support/media.ts';
import { type Mediamtx, startMediamtx } from '../support/mediamtx.ts';
import { createRig } from '../../support/rig.ts';
import type { Running } from '../../support/running.ts';
import { type RealScene, startScene } from '../support/scene.ts';

const NAME = 'live/frozen';

const rig = createRig();
let mediamtx: Mediamtx;
let scene: RealScene;
let publisher: Running;

beforeAll(async () => {
  mediamtx = await rig.add(startMediamtx());
  scene = await startScene(rig, mediamtx);
  publisher = await rig.add(publish(mediamtx, 'rtsp', NAME));
  await scene.until(NAME, (path) => Date.now() - Date.parse(path?.readyTime ?? '') > 10_000);
});

afterAll(rig.stop);

test('an encoder that freezes stalls, and stays critical when MediaMTX drops it', async () => {
  const greens = scene.watchForGreen(NAME);
  publisher.freeze();
  expect(await scene.streamOnce(NAME, 'stalled critical stalled/critical')).toStrictEqual(
    everywhere('stalled critical stalled/critical'),
  );
  await scene.until(NAME, (path) => path === undefined);
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('missing critical off-air/critical'));
  await scene.pageSays(/^(?!All well)/);
  expect(greens()).toStrictEqual([]);

  await publisher.stop();
  await rig.add(publish(mediamtx, 'rtsp', NAME));
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('live ok'));
  await scene.pageSays(/^All well/);
});
