import type { ComponentChildren } from 'preact';
import { RIBBON_KINDS } from '../../model/ribbon.ts';
import { useAllTexts } from '../../ui/loaded.tsx';

/** What the colours of ribbons mean: a picture of what their names say. */
export function RibbonLegend({ children }: { readonly children?: ComponentChildren }) {
  const text = useAllTexts().history;
  return (
    <ul class="ribbon-legend muted" aria-hidden="true">
      {children}
      {RIBBON_KINDS.map((kind) => (
        <li key={kind}>
          <span class={`ribbon-key ribbon-key-${kind}`} />
          {text.pieces[kind]}
        </li>
      ))}
    </ul>
  );
}
