export { startSimulator, type Simulator } from './simulator.ts';
export type { SimulatorOptions } from './options.ts';
export type { Fault, FaultKind } from './faults/fault.ts';
export type { Credentials } from './http/credentials.ts';
export type { ListName } from './lists/names.ts';
export { SimulatorError, type SimulatorErrorCode } from './errors.ts';
export type { VersionName } from './versions/catalogue.ts';
export { SIMULATED_SECRET, type SourceType } from './world/model.ts';
