import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { useDashboard } from './context.ts';

/** A part of the page: where what came can't be drawn, it says so, and the rest of the page goes on. */
export function Guarded({ children }: { readonly children: ComponentChildren }) {
  const { texts } = useDashboard();
  const boundary: readonly unknown[] = useErrorBoundary();
  if (boundary[0] === undefined) return <>{children}</>;
  return (
    <p class="nothing words-warning" role="alert">
      {texts.value.undrawn}
    </p>
  );
}
