export { Feed } from './feed.ts';
export type { FeedUpdate } from './subject-feed.ts';
