import type { ComponentChild, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useDashboard } from './context.ts';

/**
 * A part of the page that is loaded when it is wanted: `undefined` as long as it isn't there, `null` when it can't be.
 * @param load what another function loads is another part
 */
export function useLoaded<T>(load: () => Promise<T>): T | null | undefined {
  const [loaded, setLoaded] = useState<{ readonly load: () => Promise<T>; readonly part: T | null }>();
  useEffect(() => {
    let isLeft = false;
    const done = (part: T | null): void => {
      if (!isLeft) setLoaded({ load, part });
    };
    load().then(done, () => {
      done(null);
    });
    return () => {
      isLeft = true;
    };
  }, [load]);
  return loaded?.load === load ? loaded.part : undefined;
}

/** A component whose script is loaded when it is shown for the first time. It says so when that is gone. */
export function lazily<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  return function Lazy(props: Props): ComponentChild {
    const { texts } = useDashboard();
    const Part = useLoaded(load);
    if (Part === undefined) return null;
    return Part === null ? <p class="nothing">{texts.value.preview.failed.outdated}</p> : <Part {...props} />;
  };
}
