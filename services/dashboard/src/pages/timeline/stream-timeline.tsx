import type { StreamId } from '../../data/view.ts';
import { exactGlob, questionsOfStream, storiesOfStream } from '../../model/story-choice.ts';
import { useAllTexts } from '../../ui/loaded.tsx';
import { useDashboard } from '../../ui/context.ts';
import { SessionList } from './session-list.tsx';
import { JumpForm, KindMenus } from './story-filter.tsx';
import { StoryList } from './story-list.tsx';
import { useStories } from './use-stories.ts';

const SESSIONS = 20;

/** What happened to one stream, and who was there. */
export function StreamTimeline({ id }: { readonly id: StreamId }) {
  const { view } = useDashboard();
  const texts = useAllTexts();
  const { kinds, severity, at } = view.value;
  const choice = { kinds, severity, server: [], q: '' };
  const shown = useStories(questionsOfStream(id, choice), choice, at);
  const { server, name } = id;
  return (
    <>
      <section class="card connections past" aria-labelledby="timeline-title">
        <h3 id="timeline-title">{texts.past.timeline}</h3>
        <div class="filter-bar">
          <KindMenus />
          <JumpForm />
        </div>
        <StoryList
          shown={{ ...shown, stories: storiesOfStream(shown.stories, id) }}
          atMs={at}
          ofStream={name}
          level={4}
        />
      </section>
      <section class="card connections past" aria-labelledby="sessions-title">
        <h3 id="sessions-title">{texts.past.sessions}</h3>
        <SessionList
          question={{ server, stream: exactGlob(name) }}
          limit={SESSIONS}
          hasStreams={false}
          fileName="sessions"
        />
      </section>
    </>
  );
}
