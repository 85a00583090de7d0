import { HEALTHS, PROTOCOLS, STREAM_STATES } from '@mediamtx-monitor/types';
import { fleetScope } from '../model/fleet-scope.ts';
import { protocolName } from '../model/protocol.ts';
import type { Dashboard } from '../ui/context.ts';

/** What a list can be narrowed by, and how it is. */
export interface FilterChoice {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** All there is to choose from; servers only where there are several, or a link names one. */
export function filterChoices({ view, adjust, texts, serverIds, shown }: Dashboard): readonly FilterChoice[] {
  const { filter: text, healths, states } = texts.value;
  const { state, health, server, protocol } = view.value;
  // A link may name a server that isn't there.
  const servers = [...new Set([...serverIds.value, ...server])];
  return [
    choiceOf(
      text.health,
      // What is at rest is there, too.
      HEALTHS.map((value) => [value, value === 'ok' ? text.noProblem : healths[value]]),
      health,
      (chosen) => {
        adjust({ health: chosen });
      },
    ),
    choiceOf(
      text.state,
      STREAM_STATES.map((value) => [value, states[value]]),
      state,
      (chosen) => {
        adjust({ state: chosen });
      },
    ),
    // The API finds no streams by it, and the page has only those of servers that are chosen.
    ...(shown.isLarge.value && fleetScope(view.value, false) !== 'chosen'
      ? []
      : [
          choiceOf(
            text.protocol,
            PROTOCOLS.map((value) => [value, protocolName(value)]),
            protocol,
            (chosen) => {
              adjust({ protocol: chosen });
            },
          ),
        ]),
    ...(servers.length > 1 || server.length > 0
      ? [
          choiceOf(
            text.server,
            servers.map((value) => [value, value]),
            server,
            (chosen) => {
              adjust({ server: chosen });
            },
          ),
        ]
      : []),
  ];
}

function choiceOf<T extends string>(
  label: string,
  options: readonly (readonly [value: T, label: string])[],
  chosen: readonly T[],
  onChange: (chosen: readonly T[]) => void,
): FilterChoice {
  return {
    label,
    options: options.map(([value, name]) => ({ value, label: name })),
    chosen,
    onChange: (next) => {
      onChange(options.flatMap(([value]) => (next.includes(value) ? [value] : [])));
    },
  };
}
