import { text } from './kinds.ts';
import { setting } from './setting.ts';

/** The file that several services read, each what is for it. */
export const MONITOR_FILE_SETTINGS = {
  MONITOR_CONFIG: setting({
    kind: text('a path of a YAML file'),
    description:
      'File with [servers](#several-servers), [thresholds](#thresholds), [streams that are expected](#expected-streams), ' +
      '[who is told of what](#who-is-told-of-what), and [status pages](status.md)',
  }),
};
