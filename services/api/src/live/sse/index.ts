export { LiveEvents } from './live-events.ts';
