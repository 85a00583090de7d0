export { type Api, type ApiConfig, type ApiDependencies, createApi } from './app.ts';
