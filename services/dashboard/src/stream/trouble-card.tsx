import { useDashboard } from '../context.ts';
import type { Parties } from '../model/connections.ts';
import { hostOf } from '../model/host-of.ts';
import type { Listed } from '../model/listed.ts';
import { locateTrouble, type Seat } from '../model/trouble.ts';
import { HealthMark } from '../ui/health-mark.tsx';
import { evidenceWords } from './evidence-words.ts';

interface TroubleCardProps {
  readonly listed: Listed;
  readonly parties: Parties | undefined;
}

/** Where the trouble sits, and what speaks for it. */
export function TroubleCard({ listed, parties }: TroubleCardProps) {
  const { list, feed, texts, format } = useDashboard();
  const { server } = listed.stream;
  const fleet = feed.fleet.value;
  const host = hostOf(server, fleet);
  // What a host said before it fell silent speaks for nothing.
  const isSilent = host !== undefined && feed.hostAges.value.get(host.host)?.stale === true;
  const { seat, evidence } = locateTrouble({
    listed,
    status: fleet.servers.get(server)?.source.status ?? 'down',
    parties,
    siblings: list.value.filter(({ stream }) => stream.server === server),
    host: isSilent ? undefined : host,
  });
  const isSeated = seat !== 'none' && seat !== 'unknown';
  const health = healthOf(seat, listed);
  return (
    <section class="card" aria-labelledby="trouble-title">
      <h3 id="trouble-title">{texts.value.evidence.title}</h3>
      <p class="seat">
        <HealthMark health={health} word={isSeated ? texts.value.healths[health] : undefined} />
        {texts.value.seats[seat]}
      </p>
      <ul class="evidence">
        {evidence.map((one, index) => (
          <li key={index}>{evidenceWords(one, texts.value, format.value)}</li>
        ))}
      </ul>
    </section>
  );
}

function healthOf(seat: Seat, { health }: Listed) {
  if (seat === 'none') return 'ok';
  if (seat === 'unknown') return 'unknown';
  return health === 'critical' ? 'critical' : 'warning';
}
