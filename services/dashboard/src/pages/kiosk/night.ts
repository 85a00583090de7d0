import { useEffect } from 'preact/hooks';
import { isNight } from '../../model/night.ts';
import { useDashboard } from '../../ui/context.ts';

/** How often it is looked whether it is night. */
const LOOK_MS = 30_000;

/** Dims a screen on the wall at night, as its address says; kiosk.css leaves out what needs attention. */
export function useNight(): void {
  const { view, now } = useDashboard();
  const { night } = view.value;
  const { fromHour, toHour } = night ?? { fromHour: 0, toHour: 0 };
  useEffect(() => {
    const root = document.documentElement;
    function look(): void {
      root.toggleAttribute('data-night', night !== null && isNight(night, new Date(now()).getHours()));
    }
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      root.removeAttribute('data-night');
    };
  }, [fromHour, toHour]);
}
