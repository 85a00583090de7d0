import { V1_20 } from './v1-20.ts';
import { members, type Version } from './version.ts';

/** 1.21.0, from its description and source: none was recorded. Its lists are those of 1.20, under two names each. */
export const V1_21: Version = {
  ...V1_20,
  release: 'v1.21.0',
  groupedNames: true,
  staticSources: true,
  forwards: members('id pos created state lastError outboundBytes type typeSpecific conf protocol'),
};
