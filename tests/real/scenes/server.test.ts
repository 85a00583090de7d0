import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everywhere } from '../../support/outputs.ts';
import { publish } from '../support/media.ts';
import { type Mediamtx, startMediamtx } from '../support/mediamtx.ts';
import { createRig } from '../../support/rig.ts';
import { type RealScene, startScene } from '../support/scene.ts';

const NAME = 'live/one';

const rig = createRig();
let mediamtx: Mediamtx;
let scene: RealScene;

beforeAll(async () => {
  mediamtx = await rig.add(startMediamtx());
  scene = await startScene(rig, mediamtx);
  await rig.add(publish(mediamtx, 'rtsp', NAME));
  await scene.until(NAME, (path) => Date.now() - Date.parse(path?.readyTime ?? '') > 10_000);
});

afterAll(rig.stop);

test('a server that is stopped is to blame, not its streams; what didn’t come back with it is missed', async () => {
  expect(await scene.server()).toStrictEqual(everywhere('up'));
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('live ok'));

  await mediamtx.stop();
  expect(await scene.server()).toStrictEqual(everywhere('not up server-unreachable/critical'));
  const { metrics, ...others } = await scene.stream(NAME);
  expect(others).toStrictEqual({
    key: 'unknown unknown',
    rest: 'unknown unknown',
    websocket: 'unknown unknown',
  });
  // What is old they leave out.
  expect(['unknown unknown', 'nothing']).toContain(metrics);
  await scene.pageSays(/main/);

  mediamtx = await rig.add(startMediamtx({ ports: mediamtx.ports }));
  expect(await scene.server()).toStrictEqual(everywhere('up'));
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('missing warning off-air/warning'));
  await scene.pageSays(/^(?!All well)/);

  await rig.add(publish(mediamtx, 'rtsp', NAME));
  expect(await scene.stream(NAME)).toStrictEqual(everywhere('live ok'));
  await scene.pageSays(/^All well/);
});
