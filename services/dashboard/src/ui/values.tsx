import { isIll } from '@mediamtx-monitor/model';
import type { Health, MessageHead } from '@mediamtx-monitor/types';
import type { ComponentChild } from 'preact';
import { useMemo } from 'preact/hooks';
import { UNKNOWN } from '../i18n/format.ts';
import { sourceErrorText } from '../i18n/source-error-text.ts';
import { useDashboard } from './context.ts';
import { useWantedTexts } from './loaded.tsx';
import { CopyBlock } from './copy.tsx';
import { HealthMark } from './icon.tsx';

/** A number as it is, or for readers in words that it isn't known. @param unknown those words */
export function known(text: string, unknown: string): ComponentChild {
  if (text !== UNKNOWN) return text;
  return (
    <span class="not-known" title={unknown}>
      <span aria-hidden="true">{UNKNOWN}</span>
      <span class="visually-hidden">{unknown}</span>
    </span>
  );
}

interface FactsProps {
  /** Name and value; what is `null` isn't there to be shown. */
  readonly facts: readonly (readonly [name: string, value: string | null])[];
}

/** Names with their values. */
export function Facts({ facts }: FactsProps) {
  const { unknown } = useDashboard().texts.value;
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{known(value, unknown)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

interface MeterProps {
  readonly label: string;
  /** `null` is not known. */
  readonly percent: number | null;
  /** The same in words, and what it is a share of. */
  readonly text: string;
  readonly detail: string;
  readonly health: Health;
}

/** A share of a whole, as a number and a bar. */
export function Meter({ label, percent, text, detail, health }: MeterProps) {
  const { healths, unknown } = useDashboard().texts.value;
  return (
    <div class={`meter meter-${health}`}>
      <p>
        <span>{label}</span> <span class="muted">{detail}</span>
        <b>
          {isIll(health) && <HealthMark health={health} label={healths[health]} />}
          {known(text, unknown)}
        </b>
      </p>
      <div class="meter-bar" aria-hidden="true">
        <div style={{ width: `${Math.min(100, percent ?? 0)}%` }} />
      </div>
    </div>
  );
}

interface LastingProps {
  readonly since: string;
  /** How long that is. It changes less often than the clock, and until then nothing is drawn anew. */
  readonly text: string;
}

/** For how long something lasts; the exact local time of its beginning on hover. */
export function Lasting({ since, text }: LastingProps) {
  const { format } = useDashboard();
  const write = format.value;
  const exact = useMemo(() => write.exact(since), [write, since]);
  return (
    <time dateTime={since} title={exact}>
      {text}
    </time>
  );
}

/** What keeps a server from being read; lines of mediamtx.yml and commands that help can be copied. */
export function SourceError({ head }: { readonly head: Pick<MessageHead, 'source' | 'sourceError'> }) {
  const { texts } = useDashboard();
  const all = useWantedTexts();
  const text = all === undefined ? null : sourceErrorText(head, all);
  if (text === null) return null;
  const { sentence, lines } = text;
  return (
    <>
      <p class="text-critical wrap">{sentence}</p>
      {lines.length > 0 && <CopyBlock text={lines.join('\n')} label={texts.value.copy.lines} />}
    </>
  );
}
