import { FAULTS_OF_REDIS } from './faults-of-redis.ts';
import { testFaults } from './support/test-faults.ts';

testFaults(FAULTS_OF_REDIS);
