import { isMasked } from '../../model/address.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { NoAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';
import { SaveCsv } from './save-csv.tsx';
import { SessionTable } from './session-table.tsx';
import { type SessionQuestion, useSessions } from './use-sessions.ts';

interface SessionListProps {
  readonly question: SessionQuestion;
  readonly limit: number;
  readonly hasStreams: boolean;
  /** Of a file with all of them. */
  readonly fileName: string;
}

/** Sessions, the newest first, and more on demand. */
export function SessionList({ question, limit, hasStreams, fileName }: SessionListProps) {
  const { format } = useDashboard();
  const texts = useAllTexts();
  const text = texts.sessionsPage;
  const { sessions, hasOlder, older, error, askAgain } = useSessions(question, limit);
  const failed = error !== undefined && <NoAnswer error={error} askAgain={askAgain} />;
  if (sessions === undefined) {
    return failed === false ? <p class="muted">{texts.past.waiting}</p> : failed;
  }
  const counted = text.shown(sessions.length, format.value.count(sessions.length));
  return (
    <>
      {failed}
      {sessions.length === 0 ? (
        <p class="muted">{text.none}</p>
      ) : (
        <SessionTable sessions={sessions} label={texts.past.sessions} hasStreams={hasStreams} />
      )}
      {sessions.some(({ remoteAddr }) => remoteAddr !== null && isMasked(remoteAddr)) && (
        <p class="muted">{texts.connections.maskedKept}</p>
      )}
      <p class="story-end">
        {hasOlder && (
          <button type="button" class="button" onClick={older}>
            {text.older}
          </button>
        )}
        {sessions.length > 0 && (
          <>
            <SaveCsv name={fileName} load={(api) => api.sessionsCsv(question)} />
            <span class="muted">{hasOlder ? `${counted}, ${text.andMore}` : counted}</span>
          </>
        )}
      </p>
    </>
  );
}
