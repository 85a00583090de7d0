import { useEffect } from 'preact/hooks';
import { historyWords } from '../../model/history-lines.ts';
import { ribbonGradient, ribbonPieces } from '../../model/ribbon.ts';
import { type Dashboard, useDashboard } from '../../ui/context.ts';
import { streamRows } from '../../worker/exchange.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { RibbonLegend } from './ribbon-legend.tsx';
import { RibbonKeeper } from './ribbon-keeper.ts';

/** How often it is looked which rows are in view. */
const LOOK_MS = 1_000;
/** As in history.css: narrower ones have no room. */
const WIDE = '(width > 40rem)';
const DAY_MS = 86_400_000;
const STEP_SECONDS = 900;

/** Asks how the streams in view were in the last 24 hours, a few at a time, hands that to their rows, and says what it means. */
export function ListRibbons() {
  const dashboard = useDashboard();
  const text = useAllTexts().history;
  useEffect(() => {
    const keeper = new RibbonKeeper({
      ask: (key) => askRibbon(dashboard, key),
      tell: (ribbons) => {
        dashboard.ribbons.value = ribbons;
      },
      now: dashboard.monotonicMs,
    });
    // Asked once: each new question has the browser bring all its styles up to date.
    const wide = matchMedia(WIDE);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && wide.matches) keeper.look(keysInView(dashboard));
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return dashboard.ribbons.value.size > 0 ? (
    <div class="list-legend">
      <RibbonLegend of="stream">
        <li>{text.lastDay}</li>
      </RibbonLegend>
    </div>
  ) : null;
}

function keysInView({ shown }: Dashboard): readonly string[] {
  return streamRows(shown.list.peek().rows).map(({ listed }) => listed.key);
}

/** @returns `null` of a row that isn't there any more */
async function askRibbon({ api, now, shown }: Dashboard, key: string): Promise<string | null> {
  const row = streamRows(shown.list.peek().rows).find(({ listed }) => listed.key === key);
  if (row === undefined) return null;
  const { server, name } = row.listed.stream;
  const answer = await api.history({
    stream: name,
    server,
    from: new Date(now() - DAY_MS).toISOString(),
    stepSeconds: STEP_SECONDS,
    fields: ['state', 'health'],
  });
  return ribbonGradient(ribbonPieces(historyWords(answer, 'state'), historyWords(answer, 'health')));
}
