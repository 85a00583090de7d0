import type { Requester } from '@mediamtx-monitor/types';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type BellTexts, warningText } from '../../i18n/bell-text.ts';
import type { AlertBoard, AlertGroup } from '../../model/alert-board.ts';
import { useAnswer } from '../../ui/answer.tsx';
import { useDashboard } from '../../ui/context.ts';
import { HealthMark, Icon } from '../../ui/icon.tsx';
import { AlertChoices } from './alert-choices.tsx';
import { AlertEntry } from './alert-entry.tsx';
import { BellPanelContext, useBell, useBellContext } from './bell-context.ts';
import { Silences } from './silences.tsx';
import { Targets } from './targets.tsx';

/** What fires, who was told, and what can be done about it. @param onClose called once it is closed, and the focus is where it was before */
export function BellPanel({ onClose }: { readonly onClose: () => void }) {
  const { shown, bell: state } = useDashboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const context = useBellContext();
  const [seenBefore] = useState(state.seenBefore);
  const { answer: requester, error } = useAnswer('me', (api) => api.me());
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const close = (): void => {
    dialog.current?.close();
  };
  const { bell } = context;
  const { alerter } = shown.bell.value;
  const board = shown.board.value;
  return (
    <BellPanelContext.Provider
      value={{ ...context, mayChange: requester?.mayChange === true, seenBefore, close }}
    >
      <dialog
        ref={dialog}
        class="bell-panel"
        aria-labelledby="bell-title"
        onClose={onClose}
        onClick={({ target }) => {
          // What is clicked beside it is its backdrop.
          if (target === dialog.current) close();
        }}
      >
        <div class="bell-content">
          <div class="bell-top">
            <h2 id="bell-title">{bell.title}</h2>
            <button type="button" class="button button-icon" aria-label={bell.close} onClick={close}>
              <Icon name="close" />
            </button>
          </div>
          {alerter === 'unknown' && <p>{bell.unknown}</p>}
          {alerter === 'none' && <p>{bell.noAlerter}</p>}
          {board !== null && <Board board={board} />}
          <Rights requester={requester} isUnknown={error !== undefined} bell={bell} />
          <AlertChoices />
        </div>
      </dialog>
    </BellPanelContext.Provider>
  );
}

function Board({ board }: { readonly board: AlertBoard }) {
  const { bell, texts, format } = useBell();
  const { firing, unsure, resolved, pending, maintenance, warnings } = board;
  return (
    <>
      {warnings.map((code) => (
        <p key={code} class="bell-notice wrap">
          <HealthMark health="warning" label={texts.healths.warning} />
          <span>{warningText(code, bell)}</span>
        </p>
      ))}
      {firing.count === 0 && (
        <p class="bell-nothing">
          <HealthMark health="ok" /> {bell.nothing}
        </p>
      )}
      <Group group={firing} title={bell.firing} isSplit />
      {pending > 0 && <p class="muted">{bell.pending(pending, format.count(pending))}</p>}
      <Group group={unsure} title={bell.unsure} />
      <Group group={resolved} title={bell.resolved} />
      <Silences maintenance={maintenance} />
      <Targets />
    </>
  );
}

interface GroupProps {
  readonly group: AlertGroup;
  readonly title: (count: string) => string;
  /** What is silenced has a heading of its own. */
  readonly isSplit?: boolean;
}

function Group({ group: { alerts, count }, title, isSplit = false }: GroupProps) {
  const { bell, format } = useBell();
  if (count === 0) return null;
  const more = count - alerts.length;
  const silenced = isSplit ? alerts.filter(({ silencedBy }) => silencedBy !== null) : [];
  const name = title(format.count(count - silenced.length));
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {count === silenced.length && <p class="muted">{bell.allSilenced}</p>}
      <ul class="alerts">
        {alerts.flatMap((alert) => [
          // In one list, so that what is silenced just now keeps its place for the focus.
          ...(alert === silenced[0]
            ? [
                <li key="silenced">
                  <h3>{bell.silenced(format.count(silenced.length))}</h3>
                </li>,
              ]
            : []),
          <AlertEntry key={alert.id} alert={alert} />,
        ])}
      </ul>
      {more > 0 && <p class="muted">{bell.more(format.count(more))}</p>}
    </section>
  );
}

interface RightsProps {
  /** `undefined` while it isn't known. */
  readonly requester: Requester | undefined;
  readonly isUnknown: boolean;
  readonly bell: BellTexts;
}

/** Why changes aren't offered. */
function Rights({ requester, isUnknown, bell: { rights } }: RightsProps) {
  if (requester === undefined) return isUnknown ? <p class="muted">{rights.unknown}</p> : null;
  const { name, mayChange } = requester;
  if (mayChange) return null;
  return <p class="muted">{name === null ? rights.noTokens : rights.reader(name)}</p>;
}
