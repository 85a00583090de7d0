import { useDashboard } from '../context.ts';
import { UPGRADE_LINES } from '../model/proxy-lines.ts';
import { CopyBlock } from '../ui/copy-block.tsx';
import { Icon } from '../ui/icon.tsx';

/** Says that no WebSocket gets through, and what to set; nothing is wrong with what is shown. */
export function EventsNote() {
  const { feed, texts, view, isEventsNoteHidden, hideEventsNote } = useDashboard();
  const link = feed.link.value;
  // A screen that nobody touches shows what it is there for.
  if (link.state !== 'open' || link.transport !== 'sse') return null;
  if (isEventsNoteHidden.value || view.value.kiosk) return null;
  const text = texts.value.link.events;
  return (
    <div class="note" role="note">
      <Icon name="help" />
      <details>
        <summary>
          {text.what} <span class="note-more">{text.more}</span>
        </summary>
        <p>{text.proxy}</p>
        <CopyBlock text={UPGRADE_LINES} label={texts.value.copy.lines} />
        <p>
          {text.again} {text.tabs}
        </p>
      </details>
      <button
        type="button"
        class="button button-icon"
        aria-label={text.hide}
        title={text.hide}
        onClick={hideEventsNote}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
