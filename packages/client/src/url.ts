import { namedServers, type SubscribeMessage } from '@mediamtx-monitor/types';
import { MonitorError } from './errors.ts';

/** No query, no fragment, and no user: a password in a URL ends up in logs. */
const BASE = /^https?:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/i;

/**
 * Where the API is, without a slash at the end.
 * @param url as it was given; empty for the page's own origin
 * @throws {MonitorError} `invalid-url`
 */
export function baseUrl(url: string, pageOrigin: string | undefined): string {
  const base = url === '' ? pageOrigin : url;
  if (base === undefined || !BASE.test(base)) {
    throw new MonitorError(
      'invalid-url',
      'url must be http(s)://host[:port][/path], or empty on a page of the API itself',
    );
  }
  return base.replace(/\/+$/, '');
}

/** Where tickets are given out. */
export function ticketsUrl(base: string): string {
  return `${base}/api/tickets`;
}

/** Where the WebSocket is, for a plain request. */
export function socketPageUrl(base: string): string {
  return `${base}/ws`;
}

/** The WebSocket with what is subscribed to. */
export function socketUrl(base: string, subscription: SubscribeMessage, ticket: string | undefined): string {
  return `${base.replace(/^http/i, 'ws')}/ws${queryOf(subscription, ticket)}`;
}

/** The event stream of what is subscribed to. */
export function eventsUrl(base: string, subscription: SubscribeMessage): string {
  return `${base}/api/live${queryOf(subscription)}`;
}

function queryOf({ topics, server, label, stream, cursor }: SubscribeMessage, ticket?: string): string {
  const servers = server === undefined ? undefined : namedServers(server).join();
  return queryText({ topics: topics?.join(), server: servers, label, stream, cursor, ticket });
}

/** A value of a query; a list stands in it once for each. */
export type QueryValue = string | number | readonly string[] | undefined;

/** A query of those values that are given, with a question mark before it. */
export function queryText(values: Readonly<Record<string, QueryValue>>): string {
  const query = Object.entries(values)
    .flatMap(([name, value]) => {
      if (value === undefined) return [];
      const texts = typeof value === 'object' ? value : [value];
      return texts.map((text) => `${name}=${encodeURIComponent(text)}`);
    })
    .join('&');
  return query === '' ? '' : `?${query}`;
}
