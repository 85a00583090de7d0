export { type Api, type ApiConfig, type ApiDependencies, createApi } from './app.ts';
export { loadConfig } from './config.ts';
