import { asFields } from '../fields.ts';
import { type ListFailure, type ListName, type ListOutcome, listOfType } from '../protocols/index.ts';
import { failed } from './failures.ts';
import { type Naming, routeOf } from './routes.ts';

/** The lists that must be there, since the path list names one of their connections. */
export function listsNamedBy(paths: ListOutcome): ReadonlySet<ListName> {
  const types = new Set<unknown>();
  for (const item of paths.kind === 'items' ? paths.items : []) {
    const { source, readers } = asFields(item) ?? {};
    types.add(asFields(source)?.['type']);
    if (Array.isArray(readers)) for (const reader of readers) types.add(asFields(reader)?.['type']);
  }
  const lists = new Set<ListName>();
  for (const type of types) {
    const list = typeof type === 'string' ? listOfType(type) : null;
    if (list !== null) lists.add(list);
  }
  return lists;
}

/** The failure of a list that answers "not there" while the path list names one of its connections. */
export function contradictionFailure(url: string, list: string, namings: readonly Naming[]): ListFailure {
  const routes = namings.map((naming) => `/v3/${routeOf(list, naming)}/list`).join(' and ');
  const error =
    `${url} answered 404 for ${routes}, though its path list names such connections. ` +
    'Either something between here and MediaMTX keeps them back, or this MediaMTX has another name for them.';
  return failed('error', 'list-hidden', { url, routes }, error);
}
