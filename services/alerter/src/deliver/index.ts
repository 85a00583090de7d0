export { type DeliveryOptions, TargetDelivery } from './delivery.ts';
export { rehearse } from './rehearsal.ts';
