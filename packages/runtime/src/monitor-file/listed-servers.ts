import Joi from 'joi';
import { parseYaml } from './document.ts';

/** What tells one server of `servers` from the others. */
export interface ListedServer {
  readonly id: string;
  readonly url: string;
}

const SERVERS = Joi.object<{ readonly servers: readonly ListedServer[] }>({
  servers: Joi.array()
    .items(Joi.object({ id: Joi.string().required(), url: Joi.string().uri().required() }).unknown())
    .required(),
})
  .unknown()
  .required();

/**
 * The servers that a text of MONITOR_CONFIG lists, for who only has to know whether it does; none where that part of it is
 * wrong, which the collector tells.
 */
export function listedServers(text: string): readonly ListedServer[] {
  const result = SERVERS.validate(parseYaml(text).value, { convert: false });
  return result.error === undefined ? result.value.servers : [];
}
