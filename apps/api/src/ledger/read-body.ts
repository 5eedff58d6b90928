import { unwrap } from '../http';
import { BodyError } from './body-reader';

/** Runs the reading of a request and sends what is wrong with it to the problem filter. */
export function readBody<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BodyError) return unwrap(error.refused);
    throw error;
  }
}
