import { FAULTS_OF_SERVICES } from './faults-of-services.ts';
import { FAULTS_OF_SOURCES } from './faults-of-sources.ts';
import { testFaults } from './support/test-faults.ts';

testFaults([...FAULTS_OF_SOURCES, ...FAULTS_OF_SERVICES]);
