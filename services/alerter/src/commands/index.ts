export { CommandReader, type GivenCommand, type ReadCommands } from './reader.ts';
