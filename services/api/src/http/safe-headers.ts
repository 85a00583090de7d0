export { SAFE_HEADERS } from '@mediamtx-monitor/runtime';
