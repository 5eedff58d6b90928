import type { DecisionState } from '../rules/book-rule.store';
import type { NumberInText } from '../text.rules';
import type { SurveyFault } from './survey.rules';

export type SurveyRefusal =
  | NumberInText
  /** `total` faults; the first ones are told. */
  | { readonly code: 'SURVEY_REFUSED'; readonly total: number; readonly errors: readonly SurveyFault[] }
  | { readonly code: 'SURVEY_EXISTS'; readonly round: string }
  /** There is none, or none that was approved. */
  | { readonly code: 'SURVEY_UNKNOWN'; readonly round: string }
  | { readonly code: 'SURVEY_DECIDED'; readonly round: string; readonly state: DecisionState }
  | { readonly code: 'STEP_BY_SAME_PERSON'; readonly step: 'decide'; readonly before: 'propose' };
