import { useEffect, useId, useState } from 'preact/hooks';
import type { StreamId } from '../../data/view.ts';
import { parseStreamId } from '../../data/view-query.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';

/** Names that are offered at once. */
const OFFERED = 20;
/** Nobody is asked for each letter. */
const REST_MS = 250;

/** A field for a second stream on the same axes. @param id the first one */
export function Compare({ id }: { readonly id: StreamId }) {
  const { view, go, href, api } = useDashboard();
  const text = useAllTexts().history;
  const [typed, setTyped] = useState('');
  const [offered, setOffered] = useState<readonly string[]>([]);
  const listId = useId();
  const other = view.value.with;
  useEffect(() => {
    let isLeft = false;
    const timer = setTimeout(() => {
      const search = parseStreamId(typed)?.name ?? typed;
      if (search.trim() === '') return;
      api.streams({ search, limit: OFFERED }).then(
        (streams) => {
          if (!isLeft) setOffered(streams.map(({ server, name }) => `${server}/${name}`));
        },
        () => {
          if (!isLeft) setOffered([]);
        },
      );
    }, REST_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [typed]);
  const own = `${id.server}/${id.name}`;
  const choose = (value: string): void => {
    const chosen = value === own ? null : parseStreamId(value);
    if (chosen !== null && offered.includes(value)) go({ with: chosen });
    else setTyped(value);
  };
  if (other !== null) {
    return (
      <p class="compare">
        {text.compare}: <bdi>{id.name}</bdi> · <bdi>{`${other.server}/${other.name}`}</bdi>{' '}
        <a class="button" href={href({ with: null })}>
          {text.uncompare}
        </a>
      </p>
    );
  }
  return (
    <p class="compare">
      <label>
        {text.compareHint}{' '}
        <input
          type="search"
          class="field"
          list={listId}
          value={typed}
          autocomplete="off"
          onInput={({ currentTarget }) => {
            choose(currentTarget.value);
          }}
        />
      </label>
      <datalist id={listId}>
        {offered
          .filter((each) => each !== own)
          .map((each) => (
            <option key={each} value={each} />
          ))}
      </datalist>
    </p>
  );
}
