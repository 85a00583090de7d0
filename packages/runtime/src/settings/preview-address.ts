import Joi from 'joi';
import { isServerId, type Preview } from '@mediamtx-monitor/types';
import { address, list } from './kinds.ts';

/** Where browsers can play the streams of one server, or of all. */
export type PreviewAddress = Pick<Preview, 'server' | 'url'>;

/** One with `server=` before it is of that server only. */
const ITEM = /^(?:([^=/]*)=)?(.*)$/;

const item = Joi.string<PreviewAddress>().custom((value: string, helpers) => {
  const [, server = null, text = ''] = ITEM.exec(value) ?? [];
  const { error } = address('http', 'https').required().validate(text);
  if (error !== undefined || (server !== null && !isServerId(server))) return helpers.error('any.invalid');
  const { origin, pathname, username, password, search, hash } = new URL(text);
  // Whoever opens the dashboard reads it, and stream names are put after it.
  if (username + password + search + hash !== '') return helpers.error('any.invalid');
  return { server, url: `${origin}${pathname.replace(/\/+$/, '')}` };
});

/** Addresses for previews: of each server one, and one for all others. */
export const previewAddresses = list(item).custom((addresses: readonly PreviewAddress[], helpers) => {
  const servers = new Set(addresses.map(({ server }) => server));
  return servers.size === addresses.length ? addresses : helpers.error('any.invalid');
});

export const PREVIEW_ADDRESSES_RULE =
  'http:// or https:// addresses without user, password and query, as in http://host:8889 for all servers or ' +
  'north=https://media.example/north for one, with commas in between; one a server';
