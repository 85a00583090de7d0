export { ExpectedElsewhere } from './expected-elsewhere.ts';
export { Forgetting } from './forgetting.ts';
export { Removal } from './removal.ts';
export {
  createStoredHosts,
  createStoredServers,
  type StoredSubject,
  type StoredSubjects,
} from './stored-subjects.ts';
