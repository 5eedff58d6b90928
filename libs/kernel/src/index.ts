export * from './days';
export * from './hash';
export * from './ids';
export * from './invariant';
export * from './masking';
export * from './result';
export * from './rounding';
export * from './units';
