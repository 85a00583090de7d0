import type { Cause } from '@mediamtx-monitor/model';
import type { ComponentChildren } from 'preact';
import { connectionNumbers } from '../../data/connection-numbers.ts';
import { OF_NOW } from '../../data/view.ts';
import { UNKNOWN } from '../../i18n/format.ts';
import { who } from '../../i18n/reason-text.ts';
import { stateText, viewersText } from '../../i18n/stream-text.ts';
import { shownAddress } from '../../model/address.ts';
import { chainOf, type ChainPart } from '../../model/chain.ts';
import { lastPublisherOf, whyNoPublisher } from '../../model/last-publisher.ts';
import { protocolName, sourceProtocol } from '../../model/protocol.ts';
import type { ListedStream } from '../../model/streams.ts';
import { verdictOf } from '../../model/verdict.ts';
import { useDashboard } from '../../ui/context.ts';
import { HealthMark } from '../../ui/icon.tsx';
import { known } from '../../ui/values.tsx';
import type { OpenStream } from '../../worker/exchange.ts';
import { useServer } from './server-of.ts';

interface ChainProps {
  readonly listed: ListedStream;
  readonly cause: Cause;
  readonly open: OpenStream;
}

/** The way of the stream, from who brings it to all who get it: where the trouble is, and who is behind it. */
export function Chain({ listed, cause, open }: ChainProps) {
  const { texts } = useDashboard();
  const text = texts.value.chain;
  const around = useServer(listed.stream.server);
  const verdict = verdictOf({ listed, cause, head: around.head, host: around.host });
  const viewers = open.connections?.viewers ?? [];
  const parts = chainOf({
    listed,
    site: cause.site,
    verdict,
    serverLook: around.look,
    viewerHealths: viewers.length === 0 ? null : viewers.map(({ health }) => health),
  });
  return (
    <section class="chain" aria-labelledby="chain-title">
      <h3 id="chain-title" class="visually-hidden">
        {text.title}
      </h3>
      <ol>
        {parts.map((part) => (
          <Part key={part.kind} part={part}>
            <Inside part={part} listed={listed} cause={cause} open={open} />
          </Part>
        ))}
      </ol>
    </section>
  );
}

interface PartProps {
  readonly part: ChainPart;
  readonly children: ComponentChildren;
}

function Part({ part: { kind, look, isToBlame }, children }: PartProps) {
  const { texts } = useDashboard();
  const isBad = look === 'warning' || look === 'critical';
  return (
    <li class={`part part-${kind} part-${look}`}>
      <h4>
        <HealthMark health={look} label={isBad || look === 'unknown' ? texts.value.looks[look] : undefined} />
        {texts.value.chain.parts[kind]}
        {isToBlame && isBad && <span class={`part-here words-${look}`}>{texts.value.chain.here}</span>}
      </h4>
      {children}
    </li>
  );
}

interface InsideProps extends ChainProps {
  readonly part: ChainPart;
}

function Inside({ part, ...props }: InsideProps) {
  switch (part.kind) {
    case 'publisher':
    case 'source':
      return <Origin {...props} />;
    case 'server':
      return <Server {...props} />;
    case 'viewers':
      return <Viewers {...props} />;
    case 'forwards':
      return <Forwards {...props} />;
  }
}

interface ValuesProps {
  /** The one number, written; `–` where it isn't known. */
  readonly number: string;
  readonly name: string | null;
  /** What else is known, and whether that is bad. */
  readonly more: readonly (readonly [text: string, isBad: boolean] | null)[];
}

function Values({ number, name, more }: ValuesProps) {
  const { unknown } = useDashboard().texts.value;
  const shown = more.filter((one) => one !== null);
  return (
    <>
      <p class="part-number">{known(number, unknown)}</p>
      {name !== null && <p class="part-name">{name}</p>}
      {shown.length > 0 && (
        <ul class="part-more">
          {shown.map(([text, isBad]) => (
            <li key={text} class={isBad ? 'words-warning' : undefined}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Who brings the stream. */
function Origin({ listed, open }: ChainProps) {
  const { texts, format } = useDashboard();
  const text = texts.value.chain;
  const { mbps, ms, percent } = format.value;
  const { stream } = listed;
  const publisher = open.connections?.publisher;
  const numbers = publisher && connectionNumbers(publisher);
  const { rttMs, lossPercent } = numbers ?? { rttMs: stream.rttMs, lossPercent: stream.linkLossPercent };
  const before = lastPublisherOf(listed, open.lastPublisher);
  const protocol = publisher?.protocol ?? before?.protocol ?? sourceProtocol(stream);
  const codes = [...listed.reasons, ...(publisher?.reasons ?? [])].map(({ code }) => code);
  const isNobody = publisher === undefined && whyNoPublisher(listed) === 'nobody';
  return (
    <Values
      number={numberOf()}
      name={nameOf()}
      more={[
        protocol === null ? null : [protocolName(protocol), false],
        rttMs === null ? null : [text.rtt(ms(rttMs)), codes.includes('rtt-near-latency')],
        lossPercent === null
          ? null
          : [text.lost(percent(lossPercent)), LOSSES.some((code) => codes.includes(code))],
      ]}
    />
  );

  function numberOf(): string {
    const { pull, state } = stream;
    if (isNobody) return text.nobody;
    if (pull != null && state !== 'live' && state !== 'unknown') {
      return pull.state == null
        ? stateText(state, texts.value.states)
        : stateText(pull.state, texts.value.pull.states);
    }
    return mbps(publisher?.inboundMbps ?? stream.inboundMbps);
  }

  function nameOf(): string | null {
    if (stream.pull != null) return pullText(stream.pull.onDemand);
    if (publisher !== undefined) return who(publisher, texts.value);
    if (before !== null) return text.last(who(before, texts.value));
    // While it isn't asked for, nobody is accused of being unknown.
    return isNobody || open.connections === null ? null : texts.value.before.notKnown;
  }

  function pullText(onDemand: boolean | null): string {
    if (onDemand === null) return text.fetched;
    return onDemand ? text.onDemand : text.always;
  }
}

const LOSSES = ['link-loss', 'unrecovered-loss', 'rtp-loss'] as const;

function Server({ listed }: ChainProps) {
  const { texts, format, href } = useDashboard();
  const text = texts.value.chain;
  const { head, host, silence } = useServer(listed.stream.server);
  const status = head?.source.status;
  const percent = host?.cpu.percent ?? null;
  const cpu = percent === null ? null : text.cpu(format.value.percent(percent));
  const state = stateOf();
  return (
    <>
      <p class="part-number">{cpu ?? known(state, texts.value.unknown)}</p>
      <p class="part-name">
        <a href={href({ view: 'servers', stream: null, ...OF_NOW })}>{listed.stream.server}</a>
      </p>
      <ul class="part-more">
        {cpu !== null && <li class={status === 'up' ? undefined : 'words-warning'}>{state}</li>}
        {head?.source.version != null && <li>{head.source.version}</li>}
      </ul>
    </>
  );

  function stateOf(): string {
    if (silence !== undefined) return text.noNews;
    if (status === undefined) return UNKNOWN;
    return status === 'up' ? text.answers : texts.value.serverProblems[status];
  }
}

function Viewers({ listed, cause, open }: ChainProps) {
  const { texts, format } = useDashboard();
  const { count } = format.value;
  const text = texts.value.chain;
  const { stream, stale } = listed;
  const isCounted = !stale && stream.state !== 'unknown' && stream.state !== 'missing';
  // Those that are here are only as many as the table shows.
  const ill = cause.evidence.reduce((sum, one) => (one.code === 'viewers-ill' ? one.count : sum), 0);
  const before = stream.state === 'live' ? 0 : (stream.last?.readers ?? 0);
  const total = Math.max(stream.readers, open.connections?.viewerCount ?? 0);
  return (
    <Values
      number={isCounted ? count(total) : UNKNOWN}
      name={isCounted && total > 0 ? viewersText(stream, texts.value, format.value) : nobody()}
      more={[
        ill === 0 ? null : [text.inTrouble(count(ill)), true],
        before === 0 ? null : [text.watched(count(before)), false],
      ]}
    />
  );

  function nobody(): string | null {
    if (stream.state === 'missing') return null;
    return isCounted ? texts.value.connections.none : texts.value.before.viewersNotKnown;
  }
}

function Forwards({ listed }: ChainProps) {
  const { texts, format } = useDashboard();
  const { count, mbps } = format.value;
  const forwards = listed.stream.forwards ?? [];
  const failing = forwards.filter(({ state }) => state === 'error').length;
  const rates = forwards.flatMap(({ outboundMbps }) => (outboundMbps === null ? [] : [outboundMbps]));
  const targets = forwards.flatMap(({ remoteAddr }) => (remoteAddr === null ? [] : shownAddress(remoteAddr)));
  return (
    <Values
      number={count(forwards.length)}
      name={targets.length === 0 ? null : format.value.list(targets.slice(0, MAX_TARGETS))}
      more={[
        failing === 0 ? null : [texts.value.chain.failing(count(failing)), true],
        rates.length === 0 ? null : [mbps(rates.reduce((sum, rate) => sum + rate, 0)), false],
      ]}
    />
  );
}

/** More targets aren't named: the table has them all. */
const MAX_TARGETS = 2;
