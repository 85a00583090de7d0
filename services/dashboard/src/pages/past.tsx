import type { StreamId } from '../data/view.ts';
import { lazily } from '../ui/loaded.tsx';

/** What happened. */
export const TimelinePage = lazily<object>(() =>
  import('./timeline/timeline-page.tsx').then((part) => part.TimelinePage),
);

/** Who was there. */
export const SessionsPage = lazily<object>(() =>
  import('./timeline/sessions-page.tsx').then((part) => part.SessionsPage),
);

/** How available streams were. */
export const AvailabilityPage = lazily<object>(() =>
  import('./timeline/availability-page.tsx').then((part) => part.AvailabilityPage),
);

/** What happened to one stream, and who was there. */
export const StreamTimeline = lazily<{ readonly id: StreamId }>(() =>
  import('./timeline/stream-timeline.tsx').then((part) => part.StreamTimeline),
);
