import type { AlerterCommand, ProblemCode } from '@mediamtx-monitor/types';
import { acceptedCommandSchema } from '@mediamtx-monitor/types/schemas';
import { type KnownAlerts, alertsAtWork } from './alerts.ts';
import { sendJson } from './answer.ts';
import { BODY_PROBLEMS, readBody } from './body.ts';
import { type Route, type RouteBody, type RouteContext, type RouteDescription, route } from './route.ts';
import { fromStore, STORE_PROBLEMS } from './store.ts';

/** What a command is made of. */
export interface CommandRequest extends KnownAlerts {
  /** Name of the token of who asks. */
  readonly by: string;
  /** What stands in the path, decoded. */
  readonly name: string;
  /** The body, checked by its schema; without one an empty object. */
  readonly body: unknown;
}

/** A command to the alerter, and what is answered where that isn't the command's own id. */
export interface CommandToSend {
  readonly command: AlerterCommand;
  readonly id?: string;
}

export interface CommandRoute {
  readonly path: string;
  readonly method: 'post' | 'delete';
  readonly body?: RouteBody;
  readonly problems: readonly ProblemCode[];
  readonly described: Omit<RouteDescription, 'tag'>;
  /** @throws {RefusedError} where it can't be meant */
  readonly command: (asked: CommandRequest, context: RouteContext) => CommandToSend | Promise<CommandToSend>;
}

/** Declares a route by which operators have the alerter do something: it is done when the alerter comes to it. */
export function commandRoute({ path, method, body, problems, described, command }: CommandRoute): Route {
  return route({
    path,
    method,
    parameters: [],
    ...(body !== undefined && { body }),
    isChange: true,
    answers: {
      202: {
        description: 'It is on its way to the alerter',
        type: 'application/json',
        body: acceptedCommandSchema,
        headers: ['Vary'],
      },
    },
    problems: [...problems, 'no-alerter', ...(body === undefined ? [] : BODY_PROBLEMS), ...SENDING_PROBLEMS],
    described: { ...described, tag: 'changes' },
    handler: async ({ request, response, name }, context) => {
      const { feed, operatorOf, bodyWithinMs } = context;
      const by = operatorOf(request);
      const sent = body === undefined ? {} : await readBody(request, response, body, bodyWithinMs);
      const known = await alertsAtWork(feed);
      const { command: toSend, id } = await command({ ...known, by, name, body: sent }, context);
      const commandId = await fromStore(feed.commands.send(toSend));
      sendJson(response, { id: id ?? commandId }, { status: 202, cacheControl: 'no-store' });
    },
  });
}

const SENDING_PROBLEMS = STORE_PROBLEMS.filter((code) => code !== 'too-many-reads');
