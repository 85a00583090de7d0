import { useEffect, useId, useState } from 'preact/hooks';
import type { StreamId } from '../../data/view.ts';
import { namedStream, searchesFor } from '../../model/named-stream.ts';
import { displayName, keyOf } from '../../model/streams.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';

/** Names that are offered at once. */
const OFFERED = 20;
/** Nobody is asked for each letter. */
const REST_MS = 250;

/** A field for a second stream on the same axes. @param id the first one */
export function Compare({ id }: { readonly id: StreamId }) {
  const { view, href, hasManyServers } = useDashboard();
  const text = useAllTexts().history;
  const other = view.value.with;
  if (other === null) return <OtherStream id={id} />;
  return (
    <p class="compare">
      {text.compare}: <bdi>{displayName(id, hasManyServers.value)}</bdi> ·{' '}
      <bdi>{displayName(other, hasManyServers.value)}</bdi>{' '}
      <a class="button" href={href({ with: null })}>
        {text.uncompare}
      </a>
    </p>
  );
}

/** Why nothing came of a name. */
type CompareRefusal = 'noStream' | 'severalStreams' | 'unread';

function OtherStream({ id }: { readonly id: StreamId }) {
  const { go, api, hasManyServers, serverIds } = useDashboard();
  const text = useAllTexts().history;
  const [typed, setTyped] = useState('');
  const [offered, setOffered] = useState<readonly StreamId[]>([]);
  const [refusal, setRefusal] = useState<CompareRefusal>();
  const listId = useId();
  const search = async (name: string): Promise<readonly StreamId[]> => {
    for (const part of searchesFor(name, serverIds.value)) {
      const found = await api.streams({ search: part, limit: OFFERED });
      const others = found.map(({ server, name: named }) => ({ server, name: named }));
      if (others.length > 0) return others.filter((one) => keyOf(one) !== keyOf(id));
    }
    return [];
  };
  useEffect(() => {
    let isLeft = false;
    const timer = setTimeout(() => {
      if (typed.trim() === '') return;
      search(typed.trim()).then(
        (found) => {
          if (!isLeft) setOffered(found);
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
  const choose = (name: string): void => {
    search(name).then(
      (found) => {
        const chosen = namedStream(name, found);
        if (typeof chosen === 'string') setRefusal(chosen);
        else go({ with: chosen });
      },
      () => {
        setRefusal('unread');
      },
    );
  };
  const offeredNames = offered.map((one) => displayName(one, hasManyServers.value));
  return (
    <form
      class="compare"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') choose(typed.trim());
      }}
    >
      <label>
        {text.compareWith}{' '}
        <input
          type="search"
          class="field"
          list={listId}
          value={typed}
          autocomplete="off"
          onInput={({ currentTarget: { value } }) => {
            setRefusal(undefined);
            const picked = offered[offeredNames.indexOf(value)];
            setTyped(value);
            // What is picked from the list needn't be confirmed.
            if (picked !== undefined) go({ with: picked });
          }}
        />
      </label>{' '}
      <button type="submit" class="button">
        {text.compare}
      </button>{' '}
      <span role="status">{refusal !== undefined && text.compareRefused[refusal]}</span>
      <datalist id={listId}>
        {offeredNames.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </form>
  );
}
