import type { Texts } from '../i18n/en.ts';
import type { Format } from '../i18n/format.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import type { NewTrouble } from './newly-troubled.ts';

/** Lines of a notification; more than that nobody reads. */
const LINES = 4;

/** Title and text of a notification. */
export function alertWords({ streams, servers }: NewTrouble, texts: Texts, format: Format): [string, string] {
  const lines = [
    ...servers.map(({ server, problem }) => `${server} ${texts.serverProblems[problem]}`),
    ...streams.map(({ label, stream }) => {
      const [reason] = stream.reasons;
      return reason === undefined ? label : `${label}: ${reasonWords(reason, texts, format)}`;
    }),
  ];
  const more = lines.length - LINES;
  const shown = more > 0 ? [...lines.slice(0, LINES), texts.truth.more(format.count(more))] : lines;
  const title =
    streams.length > 0
      ? texts.truth.streams(streams.length, format.count(streams.length))
      : texts.truth.servers(servers.length, format.count(servers.length));
  return [title, shown.join('\n')];
}
