import { hasLabels } from '@mediamtx-monitor/types';
import { ALL, type Choice, type Feed, only } from '../feed/index.ts';

/** What a question says of the servers that it is about. */
export interface ServerChoice {
  /** Only this one; `undefined` for all. */
  readonly server?: string | undefined;
  /** Only these; `undefined` for all. */
  readonly servers?: readonly string[] | undefined;
  /** Only those that have all these labels, each as `name:value`; `undefined` for all. */
  readonly label?: readonly string[] | undefined;
}

/** Tells by its id whether a question is about a server, by the labels that it has at that moment. */
export type IsChosen = (server: string) => boolean;

/** What tells it for a choice. */
export function chosenBy(feed: Pick<Feed, 'servers'>, { server, servers, label }: ServerChoice): IsChosen {
  const ids = servers && new Set(servers);
  return (id) =>
    (server === undefined || id === server) &&
    ids?.has(id) !== false &&
    (label === undefined || hasLabels(feed.servers.labels(id), label));
}

/** The servers that a question is about, of which it wants what is newest. */
export function choiceOf(feed: Pick<Feed, 'servers'>, choice: ServerChoice): Choice {
  const { server, servers, label } = choice;
  const ids = servers ?? (server === undefined ? undefined : [server]);
  if (label === undefined && ids === undefined) return ALL;
  const [id, ...others] = ids ?? [];
  if (label === undefined && id !== undefined && others.length === 0) return only(id);
  return { key: `chosen ${choiceKey(choice)}`, isChosen: chosenBy(feed, choice) };
}

/** The same text for choices that mean the same. */
export function choiceKey({ server, servers, label }: ServerChoice): string {
  const sorted = (values: readonly string[] | undefined): readonly string[] | null =>
    values === undefined ? null : [...new Set(values)].sort();
  return JSON.stringify([server ?? null, sorted(servers), sorted(label)]);
}
