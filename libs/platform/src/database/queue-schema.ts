/** BullMQ keeps its tables here when there is no Redis. */
export const QUEUE_SCHEMA = 'bullmq';
