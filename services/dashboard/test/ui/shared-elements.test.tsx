/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { options, type VNode } from 'preact';
import { openPage } from '../support/page.tsx';
import { snapshot, stream } from '../support/records.ts';

/** Preact's hook that runs before an element is drawn, by the name it has in its build. */
const hooks = options as unknown as { __b?: (element: VNode) => void };

/** Elements that were drawn, but made for another drawing: Preact draws a copy, and says nothing of making it. */
function countReused(run: () => void): string[] {
  const made = new WeakSet<VNode>();
  const reused: string[] = [];
  const before = { ...options };
  options.vnode = (element) => {
    made.add(element);
    before.vnode?.(element);
  };
  hooks.__b = (element) => {
    if (!made.has(element)) reused.push(nameOf(element));
    (before as typeof hooks).__b?.(element);
  };
  run();
  Object.assign(options, { vnode: undefined, __b: undefined }, before);
  return reused;
}

function nameOf({ type, props }: VNode): string {
  const name = typeof type === 'function' ? type.name : type;
  return 'class' in props && typeof props.class === 'string' ? `${name}.${props.class}` : name;
}

test.each(['?', '?view=cards', '?kiosk', '?stream=main/cam', '?view=servers'])(
  'at %s each drawing has elements of its own: one that is shared keeps every old picture alive',
  (query) => {
    const { deliver, do: change, dashboard } = openPage(query);
    const ill = stream({ name: 'ill', health: 'critical' });
    const reused = countReused(() => {
      for (let seq = 1; seq <= 3; seq += 1) {
        const streams = [stream({ inboundMbps: seq }), ...(seq === 2 ? [] : [ill])];
        const publishedAt = new Date(seq * 2_000).toISOString();
        deliver(({ onStreams }) => onStreams?.(snapshot(streams, { seq, publishedAt })));
      }
      change(() => {
        dashboard.chooseLanguage('de');
      });
    });
    expect(reused).toStrictEqual([]);
  },
);
