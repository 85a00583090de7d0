import { useEffect, useState } from 'preact/hooks';
import { MAX_CHOSEN } from '../../data/view.ts';
import { useUnseen } from './look.ts';

/** What plays, whoever looks; at most as many as can be chosen. */
export interface PlayedTiles {
  /** Whether those that are chosen play. */
  readonly areChosen: boolean;
  /** Whether any plays until someone says otherwise. */
  readonly isAny: boolean;
  /** Whether no more may play. */
  readonly isFull: boolean;
  /** Whether someone asked for this one. */
  readonly isAsked: (key: string) => boolean;
  readonly ask: (key: string, isPlayed: boolean) => void;
  readonly playChosen: () => void;
  readonly stop: () => void;
}

/** @param chosen keys of those that are chosen @param shown of those that have a tile: what has none stops for good */
export function usePlayed(chosen: readonly string[], shown: readonly string[]): PlayedTiles {
  const [asked, setAsked] = useState<readonly string[]>([]);
  const [areChosen, setChosen] = useState(false);
  const stop = (): void => {
    setAsked([]);
    setChosen(false);
  };
  useUnseen(stop);
  useEffect(() => {
    setAsked((before) =>
      before.every((key) => shown.includes(key)) ? before : before.filter((key) => shown.includes(key)),
    );
  }, [shown.join()]);
  const played = new Set([...asked, ...(areChosen ? chosen : [])]);
  return {
    areChosen,
    isAny: played.size > 0,
    isFull: played.size >= MAX_CHOSEN,
    isAsked: (key) => asked.includes(key),
    ask: (key, isPlayed) => {
      const others = asked.filter((one) => one !== key);
      setAsked(isPlayed ? [...others, key] : others);
    },
    playChosen: () => {
      setAsked([]);
      setChosen(true);
    },
    stop,
  };
}
