import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everywhere } from '../../support/outputs.ts';
import { publish } from '../support/media.ts';
import { type Mediamtx, startMediamtx } from '../support/mediamtx.ts';
import { createRig } from '../../support/rig.ts';
import { type RealScene, startScene } from '../support/scene.ts';

const NAME = 'live/forwarded';

const rig = createRig();
/** Where the stream is sent on to. */
let target: Mediamtx;
let scene: RealScene;

beforeAll(async () => {
  target = await rig.add(startMediamtx());
  const dest = `rtsp://127.0.0.1:${target.ports.rtsp}/copy`;
  const mediamtx = await rig.add(startMediamtx({ config: { paths: { [NAME]: { forward: [{ dest }] } } } }));
  scene = await startScene(rig, mediamtx);
  await rig.add(publish(mediamtx, 'rtsp', NAME));
  await scene.streamOnce(NAME, 'live ok');
});

afterAll(rig.stop);

test('a forward whose target goes away fails, and is well again when it is back', async () => {
  await target.stop();
  const failing = 'live warning forward-failing/warning';
  expect(await scene.streamOnce(NAME, failing)).toStrictEqual(everywhere(failing));
  await scene.pageSays(/^(?!All well)/);
  const { ports } = target;
  target = await rig.add(startMediamtx({ ports }));
  expect(await scene.streamOnce(NAME, 'live ok')).toBeDefined();
  await scene.pageSays(/^All well/);
});
