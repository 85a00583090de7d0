export { StateStore, type StateStoreOptions } from './store.ts';
