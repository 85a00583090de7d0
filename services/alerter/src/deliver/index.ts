export { type DeliveryOptions, TargetDelivery } from './delivery.ts';
