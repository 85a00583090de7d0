export { CommandReader } from './reader.ts';
