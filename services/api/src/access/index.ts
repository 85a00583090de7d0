export { Access } from './access.ts';
export { accessMistakes, type AccessSettings } from './settings.ts';
