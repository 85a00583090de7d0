import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everywhere } from '../../support/outputs.ts';
import { publish, VIDEO_ONLY } from '../support/media.ts';
import { type Mediamtx, startMediamtx } from '../support/mediamtx.ts';
import { createRig } from '../../support/rig.ts';
import type { Running } from '../../support/running.ts';
import { type RealScene, startScene } from '../support/scene.ts';

const NAME = 'hall';

const rig = createRig();
let mediamtx: Mediamtx;
let scene: RealScene;
let publisher: Running;

const publishHere = (): Promise<Running> => rig.add(publish(mediamtx, 'rtsp', NAME, { media: VIDEO_ONLY }));

beforeAll(async () => {
  const paths = { [NAME]: { alwaysAvailable: true, alwaysAvailableTracks: [{ codec: 'H264' }] } };
  mediamtx = await rig.add(startMediamtx({ config: { paths } }));
  scene = await startScene(rig, mediamtx);
});

afterAll(rig.stop);

test('an always-available path is at rest on its filler, and missed once its publisher has gone', async () => {
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('standby ok'));
  publisher = await publishHere();
  await scene.until(NAME, (path) => Date.now() - Date.parse(path?.onlineTime ?? '') > 10_000);
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('live ok'));
  await publisher.kill();
  await scene.until(NAME, (path) => path?.online === false);
  const greens = scene.watchForGreen(NAME);
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('standby warning off-air/warning'));
  await scene.pageSays(/^(?!All well)/);
  expect(greens()).toStrictEqual([]);
  await publishHere();
  await scene.until(NAME, (path) => path?.online === true);
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('live ok'));
});
