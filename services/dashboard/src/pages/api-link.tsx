import { useDashboard } from '../ui/context.ts';
import { CopyBlock } from '../ui/copy.tsx';
import { Icon } from '../ui/icon.tsx';

/** Has nginx pass on the address that was asked for. */
const HOST_LINE = 'proxy_set_header Host $http_host;';

/** Has nginx pass on WebSockets. */
export const UPGRADE_LINES = `proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection "upgrade";
${HOST_LINE}`;

/** Says that there is no connection, for as long as there is none; or that the page is too old for it. */
export function LinkBanner() {
  const { shown, texts, reload } = useDashboard();
  const link = shown.link.value;
  const text = texts.value.link;
  if (shown.isUnreadable.value) {
    return (
      <div class="banner" role="status">
        <Icon name="warning" />
        <p>{text.unreadable}</p>
        <button type="button" class="button" onClick={reload}>
          {text.reload}
        </button>
      </div>
    );
  }
  if (link.state !== 'waiting' && link.state !== 'refused') return null;
  return (
    <div class="banner" role="status">
      <Icon name="offline" />
      <p>
        {shown.servers.value.size > 0 && <strong>{text.lost} </strong>}
        {text.failures[link.code]}
        {link.state === 'waiting' && ` ${text.retrying}`}
      </p>
    </div>
  );
}

/** Says that no WebSocket gets through, and what to set; nothing is wrong with what is shown. */
export function EventsNote() {
  const { shown, texts, view, isEventsNoteHidden, hideEventsNote } = useDashboard();
  const link = shown.link.value;
  // A screen that nobody touches shows what it is there for.
  if (link.state !== 'open' || link.transport !== 'sse') return null;
  if (isEventsNoteHidden.value || view.value.kiosk) return null;
  const text = texts.value.link.events;
  return (
    <aside class="note">
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
    </aside>
  );
}

/** What to set so that the monitor lets this page in, where that is known; then it has to be loaded anew. */
export function Refused() {
  const { shown, texts, reload } = useDashboard();
  const link = shown.link.value;
  const problem = link.state === 'refused' ? link.problem : undefined;
  return (
    <div class="empty">
      {problem === 'forbidden-host' && <ForbiddenHost />}
      {problem === 'forbidden-origin' && <ForbiddenOrigin />}
      <button type="button" class="button" onClick={reload}>
        {texts.value.link.reload}
      </button>
    </div>
  );
}

function ForbiddenHost() {
  const { texts, url } = useDashboard();
  const text = texts.value.link.forbidden;
  const { hostname } = new URL(url);
  return (
    <>
      <p>{text.host(hostname)}</p>
      <Lines where={text.setting}>{`ALLOWED_HOSTS=${hostname}`}</Lines>
    </>
  );
}

function ForbiddenOrigin() {
  const { texts, url } = useDashboard();
  const text = texts.value.link.forbidden;
  const { origin } = new URL(url);
  return (
    <>
      <p>{text.origin(origin)}</p>
      <Lines where={text.proxy}>{HOST_LINE}</Lines>
      <Lines where={text.foreign}>{`ALLOWED_ORIGINS=${origin}`}</Lines>
    </>
  );
}

/** Lines to be copied, and where they belong. */
function Lines({ where, children }: { readonly where: string; readonly children: string }) {
  const { copy } = useDashboard().texts.value;
  return (
    <>
      <p>{where}</p>
      <CopyBlock text={children} label={copy.lines} />
    </>
  );
}
