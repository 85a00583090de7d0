import { useEffect, useRef } from 'preact/hooks';
import { useDashboard } from '../context.ts';
import { LOOKS } from '../model/look.ts';
import { UPGRADE_LINES } from '../model/proxy-lines.ts';
import { CopyBlock } from '../ui/copy-block.tsx';
import { HealthMark } from '../ui/health-mark.tsx';

/** Keys, what the marks mean, and what the data comes over. @param onClose called once it is closed, and the focus is where it was before */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { texts, feed, href } = useDashboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const words = texts.value.help;
  const link = feed.link.value;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">{words.title}</h2>
      <dl class="keys">
        {words.keys.map(([keys, what]) => (
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
      <h3>{words.marks}</h3>
      <ul class="marks">
        {LOOKS.map((look) => (
          <li key={look}>
            <HealthMark health={look} /> <b>{texts.value.looks[look]}</b>{' '}
            <span class="muted">{words.looks[look]}</span>
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
      <p class="muted">{words.numbers}</p>
      {link.state === 'open' && (
        <p class="muted">
          {words.transports[link.transport]}
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
        {words.close}
      </button>
    </dialog>
  );
}
