export { readArguments, USAGE } from './arguments.ts';
export { documentOf, type Outcomes, sampleOf } from './document.ts';
export { summarise } from './summary.ts';
