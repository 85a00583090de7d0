import { CLOSE_CODES, type ProblemCode, TOPICS, WEBSOCKET_PROTOCOL } from '@mediamtx-monitor/types';
import { PARAMETERS, urlNameOf } from '../http/parameters.ts';
import type { Route } from '../http/route.ts';
import { FILTER_PARAMETERS } from '../live/index.ts';
import { namedSchemas, referenceTo, schemaOf, type SchemaName } from './components.ts';
import type { JsonObject } from './json-schema.ts';

/** Messages by name, with the schema and the meaning of each. */
const MESSAGES = {
  streams: ['StreamsMessage', 'Snapshot of one server; the array comes last'],
  servers: ['ServersMessage', 'How one server is, without its streams'],
  connections: ['ConnectionsMessage', 'Connections of one server, of the same tick'],
  hosts: ['HostsMessage', 'One host at one moment'],
  events: ['EventsMessage', 'Something that happened; all of them, in order'],
  alerts: ['AlertsMessage', 'All alerts there are, and who is told of them; the array comes last'],
  'events.trimmed': [
    'EventsTrimmedMessage',
    'Events that the client wanted and that aren’t kept any more, in their place',
  ],
  cursor: ['CursorMessage', 'Where the client is in topics of events'],
  status: [
    'StatusMessage',
    'How old the data about a server or host, or of alerts, is: on connect, at each change, and when it is gone',
  ],
  error: ['ErrorMessage', 'What the client did wrong; the socket is closed then'],
  subscribe: ['SubscribeMessage', 'Takes the place of what was asked for before'],
} as const satisfies Record<string, readonly [SchemaName, string]>;
type MessageName = keyof typeof MESSAGES;

const FROM_SOCKET: readonly MessageName[] = [...TOPICS, 'events.trimmed', 'cursor', 'status', 'error'];
const EVENTS: readonly MessageName[] = [...TOPICS, 'events.trimmed', 'status'];

/** What a handshake may be refused with. */
const HANDSHAKE_PROBLEMS: readonly ProblemCode[] = [
  'invalid-handshake',
  'not-found',
  'method-not-allowed',
  'unknown-parameter',
  'invalid-parameter',
  'unauthorized',
  'forbidden-host',
  'forbidden-origin',
  'too-many-requests',
  'too-many-clients',
  'too-many-filters',
];

const MEANINGS: Readonly<Record<keyof typeof CLOSE_CODES, string>> = {
  serviceRestart: 'The service stops or restarts',
  badMessage: 'The client sent what isn’t known here',
  tokenRemoved: 'The token it came with was removed',
  tooManyMessages: 'The client sent too many messages in a second',
  ticketVoid: 'The ticket it came with holds no more: the key of tickets was changed',
  tooSlow: 'The client took nothing for too long',
  tooManyFilters: 'There was no room for the filter that the client asked for',
  tooManyRequests: 'The client’s address asked too often in a minute',
};
/** 4000–4099: the client should not come back as it is. */
const isFinal = (code: number): boolean => code >= 4_000 && code < 4_100;

/** A table of the WebSocket's close codes, for people (Markdown). */
export function closeCodeTable(): string {
  const rows = Object.entries(MEANINGS).map(([name, meaning]) => {
    const code = CLOSE_CODES[name as keyof typeof CLOSE_CODES];
    return `| ${code} | ${meaning} | ${isFinal(code) ? 'no' : 'yes'} |`;
  });
  return ['| close code | meaning | come back |', '| --- | --- | --- |', ...rows].join('\n');
}

const SOCKET = `All that is known on connect, then every tick. A client that can't keep up skips to the newest.
\`server\`, \`label\` and \`stream\` choose among servers and streams; of hosts and alerts all are told.

A browser brings its token as subprotocol: it offers \`${WEBSOCKET_PROTOCOL}\` and \`bearer.<token>\`. Programs may send
\`Authorization: Bearer\`, and anyone a ticket as \`?ticket=\`.

A handshake may be refused with a problem document: ${HANDSHAKE_PROBLEMS.map((code) => `\`${code}\``).join(', ')}.

${closeCodeTable()}

4000–4099 mean that the client should not come back as it is, 4100–4199 and 1012 that it may.`;

const LIVE = `The same as Server-Sent Events. Each is named as its message's type is, its data is the message, and the
\`id\` of a tick is \`server:epoch:seq\`, \`host:epoch:seq\` or \`alerts:epoch:seq\`. With topic \`events\` the last \`id\` is always a cursor of it,
and \`Last-Event-ID\` goes on from there.`;

/** The description of what comes by itself (AsyncAPI 3.0), over the routes that are its channels. */
export function createAsyncapi(version: string, routes: readonly Route[]): JsonObject {
  const addressOf = (channel: string): string =>
    routes.find((route) => route.channel === channel)?.path ?? channel;
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'MediaMTX Monitor',
      version,
      description: 'What a fleet of MediaMTX servers does, told every tick.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { socket: serverOf('ws'), http: serverOf('http') },
    channels: {
      socket: {
        ...channelOf(addressOf('socket'), 'socket', SOCKET, [...FROM_SOCKET, 'subscribe']),
        bindings: { ws: { method: 'GET', query: querySchema(), bindingVersion: '0.1.0' } },
      },
      events: channelOf(addressOf('events'), 'http', LIVE, EVENTS),
    },
    operations: {
      tell: operationOf('send', 'socket', FROM_SOCKET),
      hear: operationOf('receive', 'socket', ['subscribe']),
      tellEvents: {
        ...operationOf('send', 'events', EVENTS),
        bindings: { http: { method: 'GET', query: querySchema(), bindingVersion: '0.3.0' } },
      },
    },
    components: { schemas: namedSchemas(), messages: messageComponents(), securitySchemes: SECURITY },
  };
}

const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer', description: 'A token, where the service has tokens' },
  ticket: { type: 'httpApiKey', in: 'query', name: 'ticket', description: 'A ticket of `POST /api/tickets`' },
} as const;

function serverOf(protocol: string): JsonObject {
  return {
    host: '{host}',
    protocol,
    variables: { host: { default: '127.0.0.1:8000', description: 'Host and port of the API' } },
    security: Object.keys(SECURITY).map((name) => ({ $ref: `#/components/securitySchemes/${name}` })),
  };
}

function channelOf(
  address: string,
  server: string,
  description: string,
  messages: readonly MessageName[],
): JsonObject {
  return {
    address,
    description,
    servers: [{ $ref: `#/servers/${server}` }],
    messages: Object.fromEntries(messages.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  };
}

function operationOf(
  action: 'send' | 'receive',
  channel: string,
  messages: readonly MessageName[],
): JsonObject {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    messages: messages.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
  };
}

function messageComponents(): JsonObject {
  return Object.fromEntries(
    Object.entries(MESSAGES).map(([name, [schema, summary]]) => [
      name,
      { name, summary, payload: referenceTo(schema) },
    ]),
  );
}

function querySchema(): JsonObject {
  const properties = FILTER_PARAMETERS.map((name): [string, JsonObject] => {
    const { schema, allowed, description } = PARAMETERS[name];
    return [urlNameOf(name), { ...schemaOf(schema), description: `${description}. Allowed: ${allowed}.` }];
  });
  const ticket = { type: 'string', description: SECURITY.ticket.description };
  return {
    type: 'object',
    properties: { ...Object.fromEntries(properties), ticket },
    additionalProperties: false,
  };
}
