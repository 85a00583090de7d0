/**
 * The globs without alternatives that one with alternatives stands for; none where stars mean something else because
 * they only come together that way: `**`, and a star before the last segments.
 */
export function expansionsOf(glob: string): readonly string[] {
  // A mark for what was written as two stars.
  const all = expand(glob.replaceAll('**', '§'));
  const isNew = (each: string): boolean =>
    /[*§]{2}/.test(each) || (/[*§]\/§$/.test(each) && !/\*\/\*\*$/.test(glob));
  if (all.some(isNew)) return [];
  return all.map((each) => each.replaceAll('§', '**').replace(/(?<!\\)[{}]/g, '\\$&'));
}

function expand(glob: string): string[] {
  for (let from = 0; from < glob.length; from += glob[from] === '\\' ? 2 : 1) {
    if (glob[from] !== '{') continue;
    const found = alternativesAt(glob, from);
    if (found === undefined) continue;
    const before = glob.slice(0, from);
    return found.alternatives.flatMap((each) => expand(`${before}${each}${glob.slice(found.end)}`));
  }
  return [glob];
}

/** What stands between the braces that open there; `undefined` where they hold no comma or never close. */
function alternativesAt(glob: string, from: number) {
  const cuts = [from];
  let depth = 0;
  for (let at = from; at < glob.length; at += glob[at] === '\\' ? 2 : 1) {
    if (glob[at] === '{') depth += 1;
    else if (glob[at] === ',' && depth === 1) cuts.push(at);
    else if (glob[at] === '}') depth -= 1;
    if (depth > 0) continue;
    if (cuts.length === 1) return undefined;
    const ends = [...cuts.slice(1), at];
    return { alternatives: ends.map((end, index) => glob.slice((cuts[index] ?? 0) + 1, end)), end: at + 1 };
  }
  return undefined;
}
