export { createExpectedElsewhere } from './expected-elsewhere.ts';
export { createForgetting } from './forgetting.ts';
export {
  createStoredHosts,
  createStoredServers,
  type StoredSubject,
  type StoredSubjects,
} from './stored-subjects.ts';
