import { hasLabels } from '@mediamtx-monitor/types';
import { ALL, type Choice, type Feed, only } from '../feed/index.ts';

/** What a question says of the servers that it is about. */
export interface ServerChoice {
  /** Only this one; `undefined` for all. */
  readonly server?: string | undefined;
  /** Only those that have all these labels, each as `name:value`; `undefined` for all. */
  readonly label?: readonly string[] | undefined;
}

/** Tells by its id whether a question is about a server, by the labels that it has at that moment. */
export type IsChosen = (server: string) => boolean;

/** What tells it for a choice. */
export function chosenBy({ servers }: Pick<Feed, 'servers'>, { server, label }: ServerChoice): IsChosen {
  return (id) =>
    (server === undefined || id === server) && (label === undefined || hasLabels(servers.labels(id), label));
}

/** The servers that a question is about, of which it wants what is newest. */
export function choiceOf(feed: Pick<Feed, 'servers'>, choice: ServerChoice): Choice {
  const { server, label } = choice;
  if (label === undefined) return server === undefined ? ALL : only(server);
  return { key: `labels ${choiceKey(choice)}`, isChosen: chosenBy(feed, choice) };
}

/** The same text for choices that mean the same. */
export function choiceKey({ server, label }: ServerChoice): string {
  return JSON.stringify([server ?? null, label === undefined ? null : [...new Set(label)].sort()]);
}
