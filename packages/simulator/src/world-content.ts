import { detailContent } from './details/content.ts';
import type { Lists } from './lists/catalogue.ts';
import { itemsOf, type ContentOf } from './lists/content.ts';
import { writeInfo } from './lists/info.ts';
import type { Version } from './versions/version.ts';
import type { World } from './world/model.ts';

/** The content of a simulated world. */
export function contentOfWorld(
  version: Version,
  lists: Lists,
  world: () => World,
  nowMs: () => number,
): ContentOf {
  return (question) => {
    if (question.kind !== 'list') return detailContent(question, version, world(), nowMs());
    const { list: name } = question;
    if (version.lists[name] === undefined) return null;
    if (name === 'info') return { kind: 'object', json: writeInfo(world(), version) };
    const list = lists[name];
    return list === undefined ? null : { kind: 'items', items: itemsOf(list, world(), nowMs()) };
  };
}
