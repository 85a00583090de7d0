import { useDashboard } from '../context.ts';
import type { Telling } from '../i18n/fleet-trouble-words.ts';

/** What sentences about servers need, with ages that go on each second. */
export function useTelling(): Telling {
  const { texts, format, feed, hasManyServers } = useDashboard();
  return {
    texts: texts.value,
    format: format.value,
    hasManyServers: hasManyServers.value,
    ageOf: (server) => {
      const silentMs = feed.hearings.value.get(server)?.silentMs ?? null;
      return silentMs === null ? null : format.value.duration(silentMs);
    },
  };
}

/** The same for what is read out, which would chatter with each second. */
export function useCalmTelling(): Telling {
  const { texts, format, hasManyServers } = useDashboard();
  return {
    texts: texts.value,
    format: format.value,
    hasManyServers: hasManyServers.value,
    ageOf: () => null,
  };
}
