import { type Cause, worstOf } from '@mediamtx-monitor/model';
import { isReasonCode } from '../data/view-query.ts';
import { evidenceText } from '../i18n/reason-text.ts';
import { lastLiveSentence } from '../i18n/stream-text.ts';
import type { ListedStream, Look } from '../model/streams.ts';
import { useDashboard } from '../ui/context.ts';
import { HealthMark } from '../ui/icon.tsx';

interface CauseCardProps {
  readonly listed: ListedStream;
  readonly cause: Cause;
}

/** Where the cause sits, and what speaks for it. */
export function CauseCard({ listed, cause }: CauseCardProps) {
  const { texts, format, href } = useDashboard();
  const look = lookOfCause(cause, listed);
  const isBad = look === 'warning' || look === 'critical';
  const lastLive = lastLiveSentence(listed, texts.value, format.value);
  return (
    <section class="card" aria-labelledby="cause-title">
      <h3 id="cause-title">{texts.value.evidence.title}</h3>
      <p class="cause">
        <HealthMark health={look} label={isBad ? texts.value.looks[look] : undefined} />
        {texts.value.causes[cause.site]}
      </p>
      <ul class="evidence">
        {cause.evidence.map((one, index) => (
          <li key={index}>
            {evidenceText(one, texts.value, format.value)}
            {one.code === 'reason' && isReasonCode(one.reason.code) && (
              <>
                {' '}
                <a href={href({ view: 'help', topic: one.reason.code, stream: null })}>
                  {texts.value.helpPage.whatToDo}
                </a>
              </>
            )}
          </li>
        ))}
        {lastLive !== null && <li>{lastLive}</li>}
      </ul>
    </section>
  );
}

function lookOfCause({ site, evidence }: Cause, { health }: ListedStream): Look {
  switch (site) {
    case 'none':
      return 'ok';
    case 'rest':
    case 'unknown':
      return site;
    case 'host': {
      const loads = evidence.flatMap((one) => (one.code === 'host-load' ? [one.load] : []));
      return worstOf(loads) ?? 'warning';
    }
    case 'server':
      // One that can't be read is red everywhere.
      if (evidence.some(({ code }) => code === 'server-status')) return 'critical';
      return health === 'critical' ? 'critical' : 'warning';
    case 'publisher':
    case 'source':
    case 'viewers':
    case 'one-viewer':
    case 'both-viewers':
    case 'forwards':
      return health === 'critical' ? 'critical' : 'warning';
  }
}
