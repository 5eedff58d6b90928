export { BookParam } from './book-param';
export { DecisionRequest } from './decision.request';
export { DryRunQuery, isDryRun } from './dry-run';
export { pageOf, type Page } from './page';
export { pathId } from './path-id';
export { ProblemFilter } from './problem.filter';
export { RefusalException, registerRefusals, unwrap, type RefusalPresentation } from './refusal';
export { validationPipe } from './validation';
export { contextOf } from './work-context';
