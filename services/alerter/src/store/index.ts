export { StateStore } from './store.ts';
