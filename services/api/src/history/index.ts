export { createHistory, type HistorySettings } from './create-history.ts';
export { type EngineFiles, engineMistakes } from './engine-target.ts';
