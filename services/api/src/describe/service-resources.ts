import { BODIES } from './bodies.ts';
import type { Resource } from './resource.ts';

/** What tells of the service itself. */
export const SERVICE_RESOURCES: readonly Resource[] = [
  {
    path: '/healthz',
    method: 'get',
    id: 'getHealth',
    tag: 'service',
    summary: 'Whether the process lives',
    parameters: 'any',
    answers: { 200: { description: 'It does', type: 'application/json', body: BODIES.alive } },
    isOpen: true,
  },
  {
    path: '/readyz',
    method: 'get',
    id: 'getReadiness',
    tag: 'service',
    summary: 'Whether to send requests here',
    description: 'A later loss of Redis makes data stale, not this service unready.',
    parameters: 'any',
    answers: {
      200: { description: 'Ready', type: 'application/json', body: BODIES.ready },
      503: {
        description: '`starting`: Redis has not answered yet. `leaving`: the process is about to end.',
        type: 'application/json',
        body: BODIES.notReady,
      },
    },
    isOpen: true,
  },
  {
    path: '/metrics',
    method: 'get',
    id: 'getMetrics',
    tag: 'service',
    summary: 'Metrics of this process, for Prometheus',
    description: 'To be scraped of each replica.',
    parameters: [],
    answers: { 200: { description: 'Prometheus’s text format', type: 'text/plain' } },
  },
  {
    path: '/metrics/streams',
    method: 'get',
    id: 'getStreamMetrics',
    tag: 'service',
    summary: 'Metrics of servers, streams and hosts, for Prometheus',
    description: 'The same of every replica: to be scraped once, through the proxy.',
    parameters: ['server'],
    problems: ['unknown-server'],
    answers: { 200: { description: 'Prometheus’s text format', type: 'text/plain' } },
  },
  {
    path: '/api/openapi.json',
    method: 'get',
    id: 'getOpenapi',
    tag: 'service',
    summary: 'This description',
    parameters: [],
    answers: {
      200: { description: 'OpenAPI 3.1', type: 'application/json', body: BODIES.document, headers: ['ETag'] },
    },
    isOpen: true,
  },
  {
    path: '/api/asyncapi.json',
    method: 'get',
    id: 'getAsyncapi',
    tag: 'service',
    summary: 'Description of WebSocket and Server-Sent Events',
    parameters: [],
    answers: {
      200: {
        description: 'AsyncAPI 3.0',
        type: 'application/json',
        body: BODIES.document,
        headers: ['ETag'],
      },
    },
    isOpen: true,
  },
  {
    path: '/api/docs',
    method: 'get',
    id: 'getDocs',
    tag: 'service',
    summary: 'This description as a page, to read and to try',
    parameters: [],
    answers: { 200: { description: 'The page', type: 'text/html', headers: ['ETag'] } },
    isOpen: true,
  },
];
