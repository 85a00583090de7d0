import { describe, expect, test } from '@jest/globals';
import { gotMessages } from '../support/scene.ts';
import { offAir, useStage, whenGot } from '../support/stage.ts';

const stage = useStage();

describe('commands', () => {
  test('are done: a silence tells nobody, and is over by its id', async () => {
    const { target, scene, start } = stage();
    const one = await start();
    await scene.pass(1, one);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const silence = {
      id: 's1',
      server: null,
      stream: 'c*',
      reason: null,
      comment: 'repair',
      createdAt: until,
      until,
    };
    await scene.command({ type: 'silence.add', silence });
    await scene.command({
      type: 'silence.add',
      silence: { ...silence, id: 's2', until: '2001-01-01T00:00:00Z' },
    });
    await scene.durable.xadd(scene.names.commands, '*', 'json', '{"type":"nonsense"}');
    scene.says(offAir());
    await scene.pass(60, one);
    expect(gotMessages(target)).toStrictEqual([]);
    expect((await scene.published()).silences).toMatchObject([{ id: 's1', author: 'ops' }]);
    expect(one.log.messages('warn')).toStrictEqual([
      expect.stringContaining("a command can't be understood"),
      expect.stringContaining('its end is not in the future'),
    ]);
    await scene.command({ type: 'silence.delete', id: 's1' });
    await scene.pass(15, one);
    await whenGot(target, 1);
    expect((await scene.entries(scene.names.events)).map(({ type }) => type)).toStrictEqual([
      'silence.added',
      'alert.firing',
      'silence.ended',
    ]);
  });

  test('send a message again that was given up, with its id', async () => {
    const { target, scene, answer, start } = stage();
    answer(500);
    const one = await start();
    await scene.pass(1, one);
    await scene.command({ type: 'target.test', target: 'hook' });
    await scene.pass(1, one);
    await whenGot(target, 1);
    await scene.pass(1, one);
    const [[id] = ['']] = await scene.durable.xrange(scene.names.notifications, '-', '+');
    expect(await scene.entries(scene.names.notifications)).toMatchObject([{ outcome: 'dead', kind: 'test' }]);
    answer(200);
    await scene.command({ type: 'notification.replay', id });
    await scene.pass(1, one);
    await whenGot(target, 2);
    await scene.pass(1, one);
    expect(gotMessages(target)[1]).toStrictEqual(gotMessages(target)[0]);
    expect((await scene.entries(scene.names.notifications)).at(-1)).toMatchObject({ outcome: 'delivered' });
  });
});
