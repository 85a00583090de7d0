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
  const { vnode, __b: draw } = { ...options, ...hooks };
  options.vnode = (element) => {
    made.add(element);
    vnode?.(element);
  };
  hooks.__b = (element) => {
    if (!made.has(element)) reused.push(nameOf(element));
    draw?.(element);
  };
  try {
    run();
  } finally {
    if (vnode === undefined) delete options.vnode;
    else options.vnode = vnode;
    if (draw === undefined) delete hooks.__b;
    else hooks.__b = draw;
  }
  return reused;
}

function nameOf({ type, props }: VNode): string {
  const name = typeof type === 'function' ? type.name : String(type);
  return 'class' in props ? `${name}.${String(props.class)}` : name;
}

test.each(['?', '?view=cards', '?kiosk', '?stream=main/cam', '?view=servers'])(
  'at %s each drawing has elements of its own: one that is shared keeps every old picture alive',
  (query) => {
    const { tell, do: change, dashboard } = openPage(query);
    const ill = stream({ name: 'ill', health: 'critical' });
    const reused = countReused(() => {
      for (let seq = 1; seq <= 3; seq += 1) {
        const streams = [stream({ inboundMbps: seq }), ...(seq === 2 ? [] : [ill])];
        const publishedAt = new Date(seq * 2_000).toISOString();
        tell(({ onStreams }) => onStreams?.(snapshot(streams, { seq, publishedAt })));
      }
      change(() => {
        dashboard.chooseLanguage('de');
      });
    });
    expect(reused).toEqual([]);
  },
);
