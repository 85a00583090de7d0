import { REASON_CODES, STREAM_STATES } from '@mediamtx-monitor/types';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AllTexts } from '../i18n/en/all.ts';
import { plainReason } from '../i18n/reason-text.ts';
import { LOOKS } from '../model/streams.ts';
import { UPGRADE_LINES } from './api-link.tsx';
import { useDashboard } from '../ui/context.ts';
import { CopyBlock } from '../ui/copy.tsx';
import { HealthMark } from '../ui/icon.tsx';
import { useWantedTexts } from '../ui/loaded.tsx';

/** Keys, what the marks mean, and what the data comes over. @param onClose called once it is closed, and the focus is where it was before */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { texts, shown, href } = useDashboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const text = texts.value.help;
  const link = shown.link.value;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">{text.title}</h2>
      <dl class="keys">
        {text.keys.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h3>{text.marks}</h3>
      <ul class="marks">
        {LOOKS.map((look) => (
          <li key={look}>
            <HealthMark health={look} /> <b>{texts.value.looks[look]}</b>{' '}
            <span class="muted">{text.looks[look]}</span>
          </li>
        ))}
      </ul>
      <p>
        <a
          href={href({ view: 'help', topic: null, stream: null })}
          onClick={() => {
            dialog.current?.close();
          }}
        >
          {texts.value.helpPage.title}
        </a>
      </p>
      <p class="muted">{text.numbers}</p>
      {link.state === 'open' && (
        <p class="muted">
          {text.transports[link.transport]}
          {link.transport === 'sse' && ` ${texts.value.link.events.proxy}`}
        </p>
      )}
      {link.state === 'open' && link.transport === 'sse' && (
        <CopyBlock text={UPGRADE_LINES} label={texts.value.copy.lines} />
      )}
      <button
        type="button"
        class="button"
        onClick={() => {
          dialog.current?.close();
        }}
      >
        {text.close}
      </button>
    </dialog>
  );
}

/** What each state and each reason means, and what to do; a link may lead to one of them. */
export function HelpPage() {
  const { texts } = useDashboard();
  const all = useWantedTexts();
  return (
    <div class="help-page">
      <h2 class="page-title">{texts.value.helpPage.title}</h2>
      {all === null && <p>{texts.value.preview.failed.outdated}</p>}
      {all != null && <Entries help={all.helpEntries} />}
    </div>
  );
}

/** Id of a reason's entry. */
function entryId(code: string): string {
  return `help-${code}`;
}

function Entries({ help }: { readonly help: AllTexts['helpEntries'] }) {
  const { texts, view, href } = useDashboard();
  const { topic } = view.value;
  useLayoutEffect(() => {
    if (topic !== null) document.getElementById(entryId(topic))?.scrollIntoView({ block: 'start' });
  }, [topic]);
  return (
    <>
      <p class="muted">{help.intro}</p>
      <p class="muted">{help.alerts}</p>
      <h3>{help.statesTitle}</h3>
      <dl>
        {STREAM_STATES.map((state) => (
          <div key={state}>
            <dt>{texts.value.states[state]}</dt>
            <Entry {...help.states[state]} label={help.todo} />
          </div>
        ))}
      </dl>
      <h3>{help.reasonsTitle}</h3>
      <dl>
        {REASON_CODES.map((code) => (
          <div key={code} id={entryId(code)} class={code === topic ? 'help-entry-shown' : undefined}>
            <dt>
              <a href={href({ topic: code })}>{plainReason(code, texts.value)}</a>{' '}
              <code class="muted">{code}</code>
            </dt>
            <Entry {...help.reasons[code]} label={help.todo} />
          </div>
        ))}
      </dl>
    </>
  );
}

interface EntryProps {
  readonly means: string;
  readonly todo: string;
  readonly label: string;
}

function Entry({ means, todo, label }: EntryProps) {
  return (
    <dd>
      <p>{means}</p>
      <p>
        <b>{label}:</b> {todo}
      </p>
    </dd>
  );
}
