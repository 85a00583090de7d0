import { streamRecordSchema, streamsMessageSchema, ticketSchema } from '@mediamtx-monitor/types/schemas';
import type Joi from 'joi';
import { FILTER_PARAMETERS } from '../live/index.ts';
import { BODIES } from './bodies.ts';
import { PROVENANCE } from './headers.ts';
import type { Answer, Resource } from './resource.ts';

const TAGGED = ['ETag', 'Vary', ...PROVENANCE] as const;

const data = (description: string, body: Joi.Schema): { readonly 200: Answer } => ({
  200: { description, type: 'application/json', body, headers: TAGGED },
});

/** What is known of the servers and their streams. */
export const DATA_RESOURCES: readonly Resource[] = [
  {
    path: '/api/streams/latest',
    method: 'get',
    id: 'getLatestStreams',
    tag: 'data',
    summary: 'Newest records of all streams, as an array',
    description:
      'The bytes that the collector published, those of several servers joined. Among several, the streams of one ' +
      'that is silent for 3 intervals are of state `unknown`, and one that is gone is left out. An array that ' +
      'something else stored is passed on as it is, or among several left out where it is none. As long as nothing is known it is an object, without `ETag`.',
    parameters: ['server'],
    answers: data('The records, or that there are none yet', BODIES.latest),
    problems: ['unknown-server'],
  },
  {
    path: '/api/snapshot',
    method: 'get',
    id: 'getSnapshot',
    tag: 'data',
    summary: 'Newest snapshot of one server',
    description: 'The message as it was published; with `stream` only the streams that match.',
    parameters: ['server', 'stream'],
    answers: data('The snapshot', streamsMessageSchema),
    problems: ['unknown-server', 'server-required', 'no-data'],
  },
  {
    path: '/api/streams',
    method: 'get',
    id: 'listStreams',
    tag: 'data',
    summary: 'Streams that match, in the order asked for',
    parameters: ['state', 'health', 'server', 'search', 'sort', 'limit'],
    answers: data('Those streams', BODIES.streams),
    problems: ['unknown-server', 'no-data'],
  },
  {
    path: '/api/streams/{name}',
    method: 'get',
    id: 'getStream',
    tag: 'data',
    summary: 'One stream',
    parameters: ['server'],
    answers: data('The stream', streamRecordSchema),
    problems: ['invalid-url', 'unknown-server', 'unknown-stream', 'server-required', 'no-data'],
  },
  {
    path: '/api/streams/{name}/connections',
    method: 'get',
    id: 'listStreamConnections',
    tag: 'data',
    summary: 'Publishers and readers of one stream',
    description: 'Where a stream has the whole remainder of the path for its name, that stream is meant.',
    parameters: ['server'],
    answers: data('Its connections', BODIES.connections),
    problems: ['invalid-url', 'unknown-server', 'unknown-stream', 'server-required', 'no-data'],
  },
  {
    path: '/api/servers',
    method: 'get',
    id: 'listServers',
    tag: 'data',
    summary: 'MediaMTX servers and how they are',
    description:
      'One of which nothing was published for 24 hours is `gone`: no other answer has it, unless `server` names it.',
    parameters: [],
    answers: {
      200: {
        description: 'The servers',
        type: 'application/json',
        body: BODIES.servers,
        headers: ['Vary'],
      },
    },
  },
  {
    path: '/api/hosts',
    method: 'get',
    id: 'listHosts',
    tag: 'data',
    summary: 'Machines on which an agent runs, and how they are',
    description:
      'A host that fell silent stays for 24 hours, stale, with what was known last; then it is gone.',
    parameters: [],
    answers: {
      200: {
        description: 'The hosts, by id',
        type: 'application/json',
        body: BODIES.hosts,
        headers: ['Vary'],
      },
    },
  },
  {
    path: '/api/previews',
    method: 'get',
    id: 'listPreviews',
    tag: 'data',
    summary: 'Where browsers can play streams',
    description:
      'As the settings have it: none unless set. Whether a stream can be played there is not looked at.',
    parameters: [],
    answers: {
      200: {
        description: 'The addresses, WebRTC’s first',
        type: 'application/json',
        body: BODIES.previews,
        headers: ['Vary'],
      },
    },
  },
  {
    path: '/api/live',
    method: 'get',
    id: 'followEvents',
    tag: 'live',
    summary: 'Newest messages, then every tick, as Server-Sent Events',
    description:
      'Events are named `streams`, `connections`, `hosts` and `status`; their data is a message as ' +
      '[asyncapi.json](asyncapi.json) describes it. The same comes over WebSocket at `/ws`.',
    parameters: FILTER_PARAMETERS,
    answers: { 200: { description: 'Events without end', type: 'text/event-stream' } },
    problems: ['too-many-clients', 'too-many-filters'],
  },
  {
    path: '/api/tickets',
    method: 'post',
    id: 'issueTicket',
    tag: 'live',
    summary: 'A ticket that stands for the token for a short while',
    description:
      'For what can send no header, such as a browser’s `EventSource`: give it as `?ticket=`. It is looked at ' +
      'when a connection begins. The request has no body and needs the token itself, not a ticket.',
    parameters: [],
    answers: { 201: { description: 'The ticket', type: 'application/json', body: ticketSchema } },
    problems: ['tickets-off'],
  },
];
