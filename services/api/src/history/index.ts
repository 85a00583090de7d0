export { RedisHistory } from './redis-history.ts';
