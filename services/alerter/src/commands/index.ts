export { CommandReader, type ReadCommands } from './reader.ts';
