import type { FigureState } from './accounting-figure.store';
import type { FigureFault } from './figure.rules';

export type FigureRefusal =
  | { readonly code: 'FIGURE_REFUSED'; readonly errors: readonly FigureFault[] }
  | { readonly code: 'FIGURE_UNKNOWN'; readonly figure: string }
  | { readonly code: 'FIGURE_DECIDED'; readonly figure: string; readonly state: FigureState }
  | { readonly code: 'FIGURE_BY_SAME_PERSON'; readonly figure: string }
  /** Two from one day would leave open which one counts. */
  | { readonly code: 'FIGURE_SAME_DAY'; readonly figure: string; readonly other: string };
