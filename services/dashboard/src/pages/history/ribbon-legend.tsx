import type { HistoryKind } from '@mediamtx-monitor/types';
import type { ComponentChildren } from 'preact';
import { KINDS_OF } from '../../model/ribbon.ts';
import { useAllTexts } from '../../ui/loaded.tsx';

/** What the colours of ribbons mean: a picture of what their names say. */
export function RibbonLegend({
  of: subjects,
  children,
}: {
  readonly of: HistoryKind;
  readonly children?: ComponentChildren;
}) {
  const names = useAllTexts().history.piecesOf[subjects];
  return (
    <ul class="ribbon-legend muted" aria-hidden="true">
      {children}
      {KINDS_OF[subjects].map((kind) => (
        <li key={kind}>
          <span class={`ribbon-key ribbon-key-${kind}`} />
          {names[kind]}
        </li>
      ))}
    </ul>
  );
}
