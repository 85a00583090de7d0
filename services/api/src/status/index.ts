export { readStatusFile } from './status-file.ts';
export { StatusPages } from './status-pages.ts';
