import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from '@jest/globals';
import { seededRandom } from '@mediamtx-monitor/testkit';
import {
  type ScriptedMediamtx,
  type ScriptedVisitor,
  startScriptedMediamtx,
} from '../../services/collector/test/support/scripted-mediamtx.ts';
import { createRig } from '../support/rig.ts';
import { runRounds, type Venue } from '../support/rounds/rounds.ts';
import type { Visitor } from '../support/rounds/script.ts';
import { saw } from '../support/say.ts';

/** Of some 7 s each. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const SEED = Number(process.env['EVENTS_SEED'] ?? Date.now() % 2 ** 31);

const rig = createRig();
afterAll(rig.stop);

function venueOf(mediamtx: ScriptedMediamtx): Venue {
  const visitorOf = ({ id, stream, role }: ScriptedVisitor): Visitor => ({
    id,
    stream,
    role,
    protocol: 'srt',
  });
  const ofStream = (stream: string): readonly ScriptedVisitor[] =>
    mediamtx.visitors().filter((visitor) => visitor.stream === stream);
  return {
    apiUrl: mediamtx.url,
    streams: ['cam 1', 'cam 2', 'cam/3', 'cam4', 'cam5'],
    visitors: () => mediamtx.visitors().map(visitorOf),
    come: (stream, role) => {
      const id = mediamtx.toggle(stream, role);
      return Promise.resolve({ id, stream, role, protocol: 'srt' });
    },
    go: (stream, role) => {
      const leaving = ofStream(stream).filter((visitor) => role === 'publish' || visitor.role === role);
      const leavers = leaving.map((one) => ({ ...visitorOf(one), bytes: mediamtx.bytesOf(one) }));
      mediamtx.toggle(stream, role);
      return Promise.resolve(leavers);
    },
    hold: (stream) => {
      mediamtx.hold(stream);
      return Promise.resolve();
    },
    release: (stream) => {
      if (ofStream(stream).length > 0) mediamtx.release(stream);
    },
  };
}

test(
  `whoever came and went is told once, whatever is killed meanwhile (${ROUNDS} rounds, EVENTS_SEED=${SEED})`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rounds-'));
    await rig.add({ stop: () => rm(folder, { recursive: true }) });
    const mediamtx = await startScriptedMediamtx();
    await rig.add({ stop: mediamtx.close });
    const venue = venueOf(mediamtx);
    saw(await runRounds(rig, { venue, rounds: ROUNDS, random: seededRandom(SEED), folder }));
  },
  60_000 + ROUNDS * 90_000,
);
