import { useDashboard } from '../context.ts';
import { UNKNOWN } from '../i18n/format.ts';

/** A number, or in words for readers that it isn't known. */
export function Known({ text }: { readonly text: string }) {
  const { unknown } = useDashboard().texts.value;
  if (text !== UNKNOWN) return <>{text}</>;
  return (
    <span class="not-known" title={unknown}>
      <span aria-hidden="true">{UNKNOWN}</span>
      <span class="visually-hidden">{unknown}</span>
    </span>
  );
}
