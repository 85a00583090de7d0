import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { BellContext } from '../../i18n/bell-text.ts';
import { useDashboard } from '../../ui/context.ts';
import { useAllTexts } from '../../ui/loaded.tsx';

/** What all parts of the panel share. */
export interface BellPanelContext extends BellContext {
  /** Whether changes are offered. */
  readonly mayChange: boolean;
  /** When the newest alert began that was looked at before the panel was opened; `null` = none was. */
  readonly seenBefore: string | null;
  readonly close: () => void;
}

export const BellPanelContext = createContext<BellPanelContext | undefined>(undefined);

/** What all parts of the panel share. @throws outside of it */
export function useBell(): BellPanelContext {
  const context = useContext(BellPanelContext);
  if (context === undefined) throw new Error('Parts of the panel live inside BellPanelContext');
  return context;
}

/** Durations are written anew as often. */
const STEP_MS = 5_000;

/** What sentences need, as it is now. */
export function useBellContext(): BellContext {
  const { texts, format, hasManyServers, shown, now } = useDashboard();
  const { bell } = useAllTexts();
  const [nowMs, setNow] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(now());
    }, STEP_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return {
    bell,
    texts: texts.value,
    format: format.value,
    hasManyServers: hasManyServers.value,
    targets: shown.alertTargets.value,
    silences: shown.alertSilences.value,
    nowMs,
  };
}
