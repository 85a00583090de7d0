import { REASON_CODES, STREAM_STATES } from '@mediamtx-monitor/types';
import { useLayoutEffect } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { plainReason } from '../i18n/reason-words.ts';

/** Id of a reason's entry. */
function entryId(code: string): string {
  return `help-${code}`;
}

/** What each state and each reason means, and what to do; a link may lead to one of them. */
export function HelpPage() {
  const { texts, view } = useDashboard();
  const words = texts.value.helpPage;
  const { topic } = view.value;
  useLayoutEffect(() => {
    if (topic !== null) document.getElementById(entryId(topic))?.scrollIntoView({ block: 'start' });
  }, [topic]);
  return (
    <div class="help-page">
      <h2 class="page-title">{words.title}</h2>
      <p class="muted">{words.intro}</p>
      <h3>{words.statesTitle}</h3>
      <dl>
        {STREAM_STATES.map((state) => (
          <div key={state}>
            <dt>{texts.value.states[state]}</dt>
            <Entry {...words.states[state]} />
          </div>
        ))}
      </dl>
      <h3>{words.reasonsTitle}</h3>
      <dl>
        {REASON_CODES.map((code) => (
          <div key={code} id={entryId(code)} class={code === topic ? 'help-entry-shown' : undefined}>
            <dt>
              {plainReason(code, texts.value)} <code class="muted">{code}</code>
            </dt>
            <Entry {...words.reasons[code]} />
          </div>
        ))}
      </dl>
    </div>
  );
}

function Entry({ means, todo }: { readonly means: string; readonly todo: string }) {
  const words = useDashboard().texts.value.helpPage;
  return (
    <dd>
      <p>{means}</p>
      <p>
        <b>{words.todo}:</b> {todo}
      </p>
    </dd>
  );
}
