import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '@mediamtx-monitor/testkit';
import { everywhere } from '../../support/outputs.ts';
import { publish } from '../support/media.ts';
import { type Mediamtx, startMediamtx } from '../support/mediamtx.ts';
import { createRig } from '../../support/rig.ts';
import { type RealScene, startScene } from '../support/scene.ts';

const CAMERA = 'cam/gate';
const NEVER = 'cam/never';
const ON_DEMAND = 'cam/on-demand';

const rig = createRig();
/** Stands for the camera. */
let origin: Mediamtx;
let scene: RealScene;

async function startOrigin(ports?: Mediamtx['ports']): Promise<void> {
  origin = await rig.add(startMediamtx(ports === undefined ? {} : { ports }));
  await rig.add(publish(origin, 'rtsp', 'lens'));
}

beforeAll(async () => {
  await startOrigin();
  const nowhere = `rtsp://127.0.0.1:${await freePort()}/nothing`;
  const paths = {
    [CAMERA]: { source: `rtsp://127.0.0.1:${origin.ports.rtsp}/lens`, rtspTransport: 'tcp' },
    [NEVER]: { source: nowhere },
    [ON_DEMAND]: { source: nowhere, sourceOnDemand: true },
  };
  const mediamtx = await rig.add(startMediamtx({ config: { paths } }));
  scene = await startScene(rig, mediamtx);
  await scene.until(CAMERA, (path) => Date.now() - Date.parse(path?.readyTime ?? '') > 10_000);
});

afterAll(rig.stop);

test('a camera that is unplugged is off air at once, and can’t be fetched after half a minute', async () => {
  expect(await scene.stream(CAMERA)).toStrictEqual(everywhere('live ok'));
  await origin.stop();
  await scene.until(CAMERA, (path) => path?.ready === false);
  const greens = scene.watchForGreen(CAMERA);
  expect(await scene.stream(CAMERA)).toStrictEqual(everywhere('waiting critical off-air/critical'));
  await scene.pageSays(/^(?!All well)/);
  const down = 'waiting critical source-down/critical';
  expect(await scene.streamOnce(CAMERA, down)).toStrictEqual(everywhere(down));
  expect(greens()).toStrictEqual([]);

  await startOrigin(origin.ports);
  await scene.until(CAMERA, (path) => path?.ready === true);
  expect(await scene.stream(CAMERA)).toStrictEqual(everywhere('live ok'));
});

test('one that never came up can’t be fetched either; one on demand is at rest', async () => {
  const down = 'waiting critical source-down/critical';
  expect(await scene.streamOnce(NEVER, down)).toStrictEqual(everywhere(down));
  expect(await scene.stream(ON_DEMAND)).toStrictEqual(everywhere('waiting ok'));
});
