import { useEffect, useState } from 'preact/hooks';
import { useDashboard } from '../context.ts';

/** Whether the page is dark now: what was chosen, else what this device is set to. */
export function useDark(): boolean {
  const { theme } = useDashboard();
  const [isDeviceDark, setDeviceDark] = useState(false);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const update = (): void => {
      setDeviceDark(query.matches);
    };
    update();
    query.addEventListener('change', update);
    return () => {
      query.removeEventListener('change', update);
    };
  }, []);
  return theme.value === 'auto' ? isDeviceDark : theme.value === 'dark';
}
