import { useDashboard } from '../context.ts';
import { CopyBlock } from './copy-block.tsx';

/** What keeps a server from being read, as its collector says it; lines of mediamtx.yml that help can be copied. */
export function SourceError({ error }: { readonly error: string | null }) {
  const { copy } = useDashboard().texts.value;
  if (error === null) return null;
  const [what, ...lines] = error.split('\n');
  return (
    <>
      <p class="words-critical wrap">{what}</p>
      {lines.length > 0 && <CopyBlock text={lines.join('\n')} label={copy.lines} />}
    </>
  );
}
