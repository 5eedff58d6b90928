export { AllotIndicator } from './allot-indicator';
export { FundsModule } from './funds.module';
export type { FundsRefusal } from './funds.refusals';
export { SOURCE_KINDS, type IndicatorDraft, type SourceKind } from './indicator.rules';
export type { Indicator } from './indicator.store';
export { Indicators, type IndicatorFigures, type IndicatorView } from './indicators';
export { ReleaseFunds, type Release, type ReleaseRefusal } from './release-funds';
export { ReserveFunds, type Reservation, type ReserveRefusal } from './reserve-funds';
