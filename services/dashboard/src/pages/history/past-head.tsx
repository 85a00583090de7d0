import type { Range } from '../../data/view.ts';
import { type ChartSpan, walked } from '../../model/chart-span.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { Icon } from '../../ui/icon.tsx';

interface PastHeadProps {
  readonly range: Range;
  readonly span: ChartSpan;
  readonly isZoomed: boolean;
  /** It ends now, and goes on. */
  readonly isOpen: boolean;
  readonly hasLive: boolean;
  /** `undefined` while nothing is known. */
  readonly stepSeconds: number | undefined;
  /** An answer is still to come: it was neither given nor refused. */
  readonly isLoading: boolean;
  readonly onWhole: () => void;
}

/** Which time is shown and how finely, and the ways to another one. */
export function PastHead(props: PastHeadProps) {
  const { range, span, isZoomed, isOpen, hasLive, stepSeconds, isLoading, onWhole } = props;
  const { texts, format, view, now, href } = useDashboard();
  const text = useAllTexts().history;
  const { at } = view.value;
  const { minute, moment, duration } = format.value;
  const name = texts.value.range[range];
  const end = Math.min(span.toMs, now());
  const shown = isOpen ? text.until(name, minute(end)) : text.between(moment(span.fromMs), moment(end));
  return (
    <div class="past-head">
      <p class="past-shown" role="status">
        <b>
          {text.title}: {shown}
        </b>
        <span class="muted">
          {isLoading && ` · ${text.loading}`}
          {stepSeconds !== undefined && ` · ${text.eachPoint(duration(stepSeconds * 1_000))}`}
          {isOpen && ` · ${text.refreshed}`}
        </span>
      </p>
      {isZoomed && (
        <button type="button" class="button" onClick={onWhole}>
          {text.whole(name)}
        </button>
      )}
      {hasLive && (
        <a class="button" href={href({ range: null, at: null, with: null })}>
          {text.toLive}
        </a>
      )}
      <a class="button" href={href({ range, at: walked(range, at, -1, now()) })}>
        <Icon name="back" />
        {text.earlier}
      </a>
      {at !== null && (
        <>
          <a class="button" href={href({ range, at: walked(range, at, 1, now()) })}>
            {text.later}
          </a>
          <a class="button" href={href({ range, at: null })}>
            {text.toNow}
          </a>
        </>
      )}
    </div>
  );
}

/** A field for a moment, by the clock of this device. */
export function GoTo({ range }: { readonly range: Range }) {
  const { go, now, view } = useDashboard();
  const { at } = view.value;
  const text = useAllTexts().history;
  return (
    <form
      class="go-to"
      onSubmit={(event) => {
        event.preventDefault();
        const field = event.currentTarget.elements.namedItem('at');
        const time = field instanceof HTMLInputElement ? Date.parse(field.value) : NaN;
        if (!Number.isNaN(time)) go({ range, at: time });
      }}
    >
      <label>
        {text.goTo}{' '}
        <input
          key={at}
          type="datetime-local"
          name="at"
          class="field"
          defaultValue={localText(at ?? now())}
          max={localText(now())}
          required
        />
      </label>
      <button type="submit" class="button">
        {text.go}
      </button>
    </form>
  );
}

/** A local time as fields for one want it, to the minute. */
function localText(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}
