export { type AlertsContent, AlertsPublisher } from './publisher.ts';
