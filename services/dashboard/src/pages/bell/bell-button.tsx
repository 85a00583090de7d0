import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { lazily } from '../../ui/loaded.tsx';

/** More aren't counted: they don't fit. */
const MAX_COUNT = 99;

const BellPanel = lazily(async () => (await import('./bell-panel.tsx')).BellPanel);

/** Opens what fires; how much of it is new stands on it. */
export function BellButton() {
  const { bell, shown, texts, format } = useDashboard();
  const { alerter, firing, unread, worstUnread, worst, failing, newest } = shown.bell.value;
  const text = texts.value.alerts.bell;
  const count = format.value.count;
  const said = alerter === 'at-work' ? text.counts(count(firing), count(unread)) : text[alerter];
  const unheard = failing.length === 0 ? '' : `. ${text.failing(format.value.list(failing))}`;
  const label = `${text.name}: ${said}${unheard}`;
  return (
    <>
      <button
        type="button"
        class="button button-icon bell"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={bell.isOpen.value}
        title={label}
        onClick={() => {
          bell.open(newest);
        }}
      >
        <Icon name={alerter === 'none' ? 'bell-off' : 'bell'} />
        {unread > 0 && (
          <span class={`bell-count bell-${worstUnread ?? 'warning'}`} aria-hidden="true">
            {unread > MAX_COUNT ? `${MAX_COUNT}+` : unread}
          </span>
        )}
        {unread === 0 && firing > 0 && (
          <span class={`bell-dot bell-${worst ?? 'warning'}`} aria-hidden="true" />
        )}
        {failing.length > 0 && (
          <span class="bell-failing" aria-hidden="true">
            !
          </span>
        )}
      </button>
      {bell.isOpen.value && (
        <BellPanel
          onClose={() => {
            bell.close(shown.bell.peek().newest);
          }}
        />
      )}
    </>
  );
}
