import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from '@jest/globals';
import { seededRandom } from '@mediamtx-monitor/testkit';
import { createRig } from '../support/rig.ts';
import { runRounds } from '../support/rounds/rounds.ts';
import { saw } from '../support/say.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { openVenue } from './support/venue.ts';

/** Of some 10 s each. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 10);
const SEED = Number(process.env['EVENTS_SEED'] ?? Date.now() % 2 ** 31);

const rig = createRig();
afterAll(rig.stop);

test(
  `whoever came and went is told once, whatever is killed meanwhile (${ROUNDS} rounds, EVENTS_SEED=${SEED})`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rounds-'));
    await rig.add({ stop: () => rm(folder, { recursive: true }) });
    // A stream that is held brings nothing for longer than MediaMTX would wait.
    const mediamtx = await rig.add(startMediamtx({ config: { readTimeout: '60s' } }));
    const venue = await rig.add(openVenue(mediamtx, folder));
    saw(await runRounds(rig, { venue, rounds: ROUNDS, random: seededRandom(SEED), folder }));
  },
  120_000 + ROUNDS * 90_000,
);
