import { questionsOf } from '../../model/story-choice.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { ServerMenu } from './server-menu.tsx';
import { PastTabs } from './past-tabs.tsx';
import { JumpForm, KindMenus } from './story-filter.tsx';
import { StoryList } from './story-list.tsx';
import { useStories } from './use-stories.ts';

/** What happened in the whole fleet, as stories. */
export function TimelinePage() {
  const { view, format } = useDashboard();
  const texts = useAllTexts();
  const { kinds, severity, server, label, q, at } = view.value;
  const choice = { kinds, severity, server, q };
  const shown = useStories(questionsOf(choice, label), choice, at);
  const text = texts.timeline;
  return (
    <div class="past">
      <PastTabs />
      <h2 class="visually-hidden">{texts.past.timeline}</h2>
      <search class="filter-bar" aria-label={texts.filter.label}>
        <SearchField />
        <KindMenus />
        <ServerMenu />
        <JumpForm />
      </search>
      <p class="muted">{at === null ? text.untilNow : text.aroundTime(format.value.moment(at))}</p>
      <StoryList shown={shown} atMs={at} ofStream={null} level={3} />
    </div>
  );
}
