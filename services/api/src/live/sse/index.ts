export { EVENTS_PATH, LiveEvents } from './live-events.ts';
