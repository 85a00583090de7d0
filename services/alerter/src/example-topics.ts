import type { Target } from './model.ts';

/** Topics of ntfy that the documents show: whoever reads those reads what is told there. */
const EXAMPLE_TOPICS: ReadonlySet<string> = new Set([
  'mediamtx-h7Qe2xWnR4',
  'choose-a-name-that-nobody-guesses',
]);

/** A sentence for the log about each target that tells everybody. */
export function exampleTopicWarnings(targets: readonly Target[]): readonly string[] {
  return targets.flatMap(({ name, kind, address: { url } }) => {
    const topic = url === null ? '' : new URL(url).pathname.replaceAll('/', '');
    if (kind !== 'ntfy' || !EXAMPLE_TOPICS.has(topic)) return [];
    return [
      `target ${name} tells everybody: its topic is the example of the documents; subscribe to one of your own that nobody ` +
        'guesses, as in mediamtx-$(openssl rand -hex 12), and put that into url',
    ];
  });
}
