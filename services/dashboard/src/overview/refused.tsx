import { useDashboard } from '../context.ts';
import { HOST_LINE } from '../model/proxy-lines.ts';
import { CopyBlock } from '../ui/copy-block.tsx';

/** What to set so that the monitor lets this page in, where that is known; then it has to be loaded anew. */
export function Refused() {
  const { feed, texts, reload } = useDashboard();
  const link = feed.link.value;
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
