export { Observer, type Sight } from './observer.ts';
