import type { SessionRecord } from '@mediamtx-monitor/types';
import type { ComponentChild } from 'preact';
import { endText, sessionHealthText } from '../../i18n/session-text.ts';
import { UNKNOWN } from '../../i18n/format.ts';
import { who } from '../../i18n/reason-text.ts';
import { isMasked } from '../../model/address.ts';
import { protocolName } from '../../model/protocol.ts';
import { keyOf } from '../../model/streams.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { known } from '../../ui/values.tsx';

interface SessionTableProps {
  readonly sessions: readonly SessionRecord[];
  readonly label: string;
  /** On a stream's own page its name needn't be said. */
  readonly hasStreams: boolean;
}

/** Who was there and how it ran, a session a row. */
export function SessionTable({ sessions, label, hasStreams }: SessionTableProps) {
  const text = useAllTexts().sessionsPage;
  const heads = [
    ...(hasStreams ? [text.stream] : []),
    text.who,
    text.did,
    text.protocol,
    text.start,
    text.end,
  ];
  const numbers = [text.duration, text.bytes, text.mean];
  return (
    <div class="scroll-sideways" tabIndex={0} role="group" aria-label={label}>
      <table role="table" class="plain-table sessions">
        <thead role="rowgroup">
          <tr role="row">
            {heads.map((name) => (
              <th key={name} scope="col" role="columnheader">
                {name}
              </th>
            ))}
            {numbers.map((name) => (
              <th key={name} scope="col" role="columnheader" class="number">
                {name}
              </th>
            ))}
            {[text.ended, text.health].map((name) => (
              <th key={name} scope="col" role="columnheader">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {sessions.map((session) => (
            <SessionRow
              key={`${session.server}/${session.connection}/${session.start}`}
              session={session}
              hasStream={hasStreams}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SessionRow({
  session,
  hasStream,
}: {
  readonly session: SessionRecord;
  readonly hasStream: boolean;
}) {
  const { format, href, hasManyServers, now } = useDashboard();
  const texts = useAllTexts();
  const text = texts.sessionsPage;
  const words = { texts, format: format.value };
  const { server, stream, role, protocol, start, end } = session;
  const { moment, duration, bytes, decimal } = format.value;
  const isPublisher = role === 'publish';
  const endMs = end === null ? now() : Date.parse(end);
  const startMs = Date.parse(start);
  const id = { server, name: stream };
  const name = hasManyServers.value ? keyOf(id) : stream;
  const cells: readonly (readonly [label: string, value: ComponentChild, isNumber?: boolean])[] = [
    [text.did, isPublisher ? text.publisher : text.viewer],
    [text.protocol, protocolName(protocol)],
    [text.start, moment(startMs)],
    [text.end, end === null ? <b class="session-open">{text.stillOpen}</b> : moment(endMs)],
    [text.duration, duration(endMs - startMs), true],
    [text.bytes, write(bytes(isPublisher ? session.inboundBytes : session.outboundBytes)), true],
    [text.mean, write(decimal(session.meanMbps)), true],
    [text.ended, endText(session, words) ?? ''],
    [text.health, sessionHealthText(session, words) ?? ''],
  ];
  function write(value: string): ComponentChild {
    return known(value === '' ? UNKNOWN : value, texts.unknown);
  }
  const whose = who(session, texts);
  const isPartOnly = session.remoteAddr !== null && isMasked(session.remoteAddr);
  const said = [isPartOnly ? texts.connections.maskedKept : null, session.userAgent].filter(
    (one) => one !== null,
  );
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {hasStream ? (
          <a href={href({ view: 'streams', stream: id, range: '24h', at: startMs })}>
            <bdi>{name}</bdi>
          </a>
        ) : (
          whose
        )}
      </th>
      {hasStream && (
        <td role="cell" data-label={text.who} title={said.length === 0 ? undefined : said.join('\n')}>
          {whose}
        </td>
      )}
      {cells.map(([label, value, isNumber]) => (
        <td key={label} role="cell" data-label={label} class={isNumber === true ? 'number' : undefined}>
          {value}
        </td>
      ))}
    </tr>
  );
}
