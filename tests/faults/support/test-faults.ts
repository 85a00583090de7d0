import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectSoon } from '../../support/recovery.ts';
import { saw } from '../../support/say.ts';
import type { InjectedFault } from './fault.ts';
import { runFault } from './rounds.ts';
import { openStage, type FaultStage } from './stage.ts';

/** Once where all tests run; `make test-faults` has more. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 1);

/** A test for each fault, on one stage for all of them; in the end a table. */
export function testFaults(faults: readonly InjectedFault[]): void {
  const rows: string[] = [];
  let stage: FaultStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(async () => {
    await stage.stop();
    saw(
      ['| fault | rounds | worst recovery, intervals | violations |', '|---|---|---|---|', ...rows].join(
        '\n',
      ),
    );
  });

  test.each(faults)(
    '$name: nothing false, nothing lost, and true again soon',
    async (fault) => {
      const violations: string[] = [];
      let worst = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const outcome = await runFault(stage, fault);
        violations.push(...outcome.violations);
        worst = Math.max(worst, outcome.recoveryIntervals);
      }
      rows.push(`| ${fault.name} | ${ROUNDS} | ${worst.toFixed(1)} | ${violations.length} |`);
      expect(violations).toStrictEqual([]);
      expectSoon(worst);
    },
    60_000 + ROUNDS * 120_000,
  );
}
