export { Feed } from './feed.ts';
export type { FeedListener, FeedNews } from './news.ts';
