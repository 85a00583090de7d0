import { useDashboard } from '../context.ts';
import type { Look } from '../model/look.ts';
import { HealthMark } from '../ui/health-mark.tsx';

interface StreamNameProps {
  readonly server: string;
  readonly name: string;
  readonly look: Look;
  /** Whether the tab key stops here; arrow keys lead to the others. */
  readonly isTabStop: boolean;
}

/**
 * Health and name of a stream, and the link to its page. Where a reason stands instead of the health's word, readers are
 * told the word here. Its numbers change with each tick, this seldom.
 */
export function StreamName({ server, name, look, isTabStop }: StreamNameProps) {
  const { href, hasManyServers, texts } = useDashboard();
  const isIll = look === 'critical' || look === 'warning';
  return (
    <>
      <HealthMark health={look} word={isIll ? texts.value.looks[look] : undefined} />
      <a href={href({ stream: { server, name } })} title={name} tabIndex={isTabStop ? 0 : -1}>
        {hasManyServers.value && (
          <span class="muted">
            <span class="of-server">{server}</span> /{' '}
          </span>
        )}
        {name}
      </a>
    </>
  );
}
