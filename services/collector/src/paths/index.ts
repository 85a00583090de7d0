export { normaliseDetails } from './details.ts';
export { normalisePath } from './path.ts';
