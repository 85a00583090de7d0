import type { ComponentChild, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AllTexts } from '../i18n/en/all.ts';
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

/** A component whose script and texts are loaded when it is shown for the first time. It says so when they are gone. */
export function lazily<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  return function Lazy(props: Props): ComponentChild {
    const { texts } = useDashboard();
    const Part = useLoaded(load);
    const all = useWantedTexts();
    if (Part === undefined || all === undefined) return null;
    if (Part === null || all === null) return <p class="nothing">{texts.value.preview.failed.outdated}</p>;
    return <Part {...props} />;
  };
}

/** All texts, which are loaded by this: `undefined` until they are there, `null` when they can't be loaded. */
export function useWantedTexts(): AllTexts | null | undefined {
  const { allTexts, wantAllTexts } = useDashboard();
  useEffect(wantAllTexts, []);
  return allTexts.value;
}

/** All texts. @throws where nobody has waited for them, as what is loaded `lazily` has */
export function useAllTexts(): AllTexts {
  const texts = useDashboard().allTexts.value;
  if (texts == null) throw new Error('These texts are loaded later');
  return texts;
}
