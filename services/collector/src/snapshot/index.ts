export { readArguments, USAGE } from './arguments.ts';
export { documentOf } from './document.ts';
export { type Outcomes, sampleOf } from './sample.ts';
export { summarise } from './summary.ts';
