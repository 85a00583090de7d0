export { LiveObserver, type Sight } from './observer.ts';
