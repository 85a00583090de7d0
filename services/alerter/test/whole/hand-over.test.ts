import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { reason } from '../support/messages.ts';
import { troubled } from '../support/published.ts';
import { gotMessages } from '../support/scene.ts';
import type { StandIn } from '../support/stand-in.ts';
import { offAir, useStage, whenGot } from '../support/stage.ts';

const stage = useStage();

describe('of two alerters', () => {
  test('one stands by, and takes over from one that was killed, within some seconds', async () => {
    const { target, scene, start } = stage();
    const [one, other] = [await start(), await start()];
    scene.says(offAir());
    await scene.pass(36, one, other);
    expect([one.alerter.facts.role, other.alerter.facts.role]).toStrictEqual(['active', 'standby']);
    expect(other.alerter.facts).toMatchObject({ alerts: null, targets: [] });
    one.kill();
    await scene.pass(4, other);
    expect(other.alerter.facts.role).toBe('standby');
    await scene.pass(2, other);
    expect(other.alerter.facts.role).toBe('active');
    await scene.pass(10, other);
    await whenGot(target, 1);
    await scene.pass(60, other);
    expect(gotMessages(target)).toHaveLength(1);
  });

  test('one that stops gives way at once', async () => {
    const { scene, start } = stage();
    const [one, other] = [await start(), await start()];
    await scene.pass(2, one, other);
    await one.alerter.stop();
    await scene.pass(1, other);
    expect(other.alerter.facts.role).toBe('active');
  });

  test('one that was frozen saves nothing any more, and stands by', async () => {
    const { scene, start } = stage();
    const [one, other] = [await start(), await start()];
    await scene.pass(2, one, other);
    await scene.pass(6, other);
    expect(other.alerter.facts.role).toBe('active');
    await scene.pass(3, one, other);
    expect([one.alerter.facts.role, other.alerter.facts.role]).toStrictEqual(['standby', 'active']);
    expect(one.log.messages('warn')).toStrictEqual(['another alerter has taken over: this one stands by']);
  });

  test('with files that differ, both say so, and whoever follows alerts hears it', async () => {
    const { scene, fileOf, start } = stage();
    const [one, other] = [await start(), await start(fileOf('    severity: warning\n'))];
    await scene.pass(7, one, other);
    expect((await scene.published()).warnings).toStrictEqual(['files-differ']);
    for (const { alerter, log, metrics } of [one, other]) {
      expect(log.messages('warn')).toStrictEqual([
        expect.stringContaining('what MONITOR_CONFIG says of alerts is another here'),
      ]);
      expect(alerter.facts.filesDiffer).toBe(true);
      expect(alerter.status).toContain('MONITOR_CONFIG is another');
      expect(await metrics()).toContain('\nmediamtx_monitor_alerter_files_differ 1\n');
    }
    await other.alerter.stop();
    await scene.pass(12, one);
    expect([one.alerter.facts.filesDiffer, (await scene.published()).warnings]).toStrictEqual([
      false,
      undefined,
    ]);
  });

  test('with the same file there is nothing to say', async () => {
    const { scene, start } = stage();
    const [one, other] = [await start(), await start()];
    await scene.pass(7, one, other);
    expect([one.alerter.facts.filesDiffer, other.alerter.facts.filesDiffer]).toStrictEqual([false, false]);
    expect((await scene.published()).warnings).toBeUndefined();
  });

  test('one that comes back to it publishes at once', async () => {
    const { scene, start } = stage();
    const [one, other] = [await start(), await start()];
    await scene.pass(2, one);
    await scene.pass(6, other);
    await scene.pass(2, one, other);
    const { epoch } = await scene.published();
    await other.alerter.stop();
    await scene.pass(1, one);
    expect((await scene.published()).epoch).toBeGreaterThan(epoch);
    expect(one.log.messages('warn')).toHaveLength(1);
  });

  test.each([
    ['is known to have arrived', 2],
    ['may have arrived', 0],
  ])(
    'the one that goes on ends what an Alertmanager was told before by other labels: it %s',
    async (_, seconds) => {
      const { target, scene, clock, start } = stage();
      const file = `notify:\n  - name: am\n    kind: alertmanager\n    url: ${target.url}/am\n`;
      const [one, other] = [await start(file), await start(file)];
      scene.says(offAir());
      await eventually(async () => {
        await scene.pass(1, one, other);
        expect(namesOf(target.requests.flatMap(postedIn))).toContain('off-air');
      });
      await scene.pass(seconds, one, other);
      one.kill();
      const before = target.requests.length;
      scene.says({ attention: { count: 1, worst: [troubled('cam', reason({ code: 'stalled' }))] } });
      await scene.pass(70, other);
      await eventually(async () => {
        await scene.pass(1, other);
        const posted = target.requests.slice(before).flatMap(postedIn);
        const ended = posted.filter(({ endsAt }) => Date.parse(endsAt) <= clock.wallMs());
        expect(namesOf(ended)).toStrictEqual(['off-air']);
      });
    },
  );
});

interface PostedNews {
  readonly labels: Readonly<Record<string, string>>;
  readonly endsAt: string;
}

const namesOf = (alerts: readonly PostedNews[]) => alerts.map(({ labels }) => labels['alertname']);

/** What a post to an Alertmanager has. */
function postedIn({ body }: StandIn['requests'][number]): readonly PostedNews[] {
  return JSON.parse(body) as readonly PostedNews[];
}
