export { Feed } from './feed.ts';
export type { FeedNews } from './news.ts';
export type { Tick } from './tick.ts';
