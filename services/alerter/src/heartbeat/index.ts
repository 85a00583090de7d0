export { HeartbeatCaller } from './caller.ts';
