export { readArguments, USAGE } from './arguments.ts';
export { documentOf, type Outcomes, sampleOf, summarise } from './document.ts';
