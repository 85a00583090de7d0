import { EVENT_SEVERITIES } from '@mediamtx-monitor/types';
import { useState } from 'preact/hooks';
import { STORY_KINDS } from '../../data/past-view.ts';
import { USUAL_KINDS } from '../../model/story.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { ChoiceMenu } from '../../ui/choice-menu.tsx';
import { useDashboard } from '../../ui/context.ts';
import { TimeField } from '../../ui/time-field.tsx';

/** Which kinds of stories are shown. */
export function KindMenus() {
  const { view, adjust } = useDashboard();
  const texts = useAllTexts();
  const text = texts.timeline;
  const { kinds, severity } = view.value;
  const isUsual = kinds.length === 0;
  return (
    <>
      <ChoiceMenu
        label={text.kinds}
        options={STORY_KINDS.map((value) => ({ value, label: text.kindNames[value] }))}
        chosen={isUsual ? USUAL_KINDS : kinds}
        shownAs={isUsual ? text.usual : undefined}
        onChange={(chosen) => {
          adjust({ kinds: isSame(chosen, USUAL_KINDS) ? [] : chosen });
        }}
      />
      <ChoiceMenu
        label={text.severity}
        options={EVENT_SEVERITIES.map((value) => ({ value, label: text.severities[value] }))}
        chosen={severity}
        onChange={(chosen) => {
          adjust({ severity: chosen });
        }}
      />
    </>
  );
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

/** Asks what happened at a moment. */
export function JumpForm() {
  const { view, adjust } = useDashboard();
  const texts = useAllTexts();
  const text = texts.timeline;
  const { at } = view.value;
  const [chosen, choose] = useState<number | null>(null);
  return (
    <form
      class="jump"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) adjust({ at: chosen });
      }}
    >
      <TimeField label={text.jump} value={chosen ?? at} onChange={choose} />
      <button class="button">{text.jumpGo}</button>
      {at !== null && (
        <button
          type="button"
          class="button"
          onClick={() => {
            choose(null);
            adjust({ at: null });
          }}
        >
          {text.toNow}
        </button>
      )}
    </form>
  );
}
