export { BookParam } from './book-param';
export { ProblemFilter } from './problem.filter';
export { RefusalException, registerRefusals, unwrap, type RefusalPresentation } from './refusal';
export { validationPipe } from './validation';
export { contextOf } from './work-context';
