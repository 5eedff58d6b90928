import { problem, type Problem } from './problem';

const AWAY_SECONDS = 2;

/**
 * What is said when nobody knows what became of a request: an error may come after the commit as well as before it.
 * The same key makes asking again harmless. The filter and the document say it with these words.
 */
export const broken = (requestId: string): Problem =>
  problem(
    500,
    'INTERNAL',
    'Something broke on our side. Whether the request was carried out is not known: send it again, with the same key where it had one, then tell the operator.',
    { requestId },
  );

export const DATABASE_AWAY =
  'The database cannot be reached. Whether the request was carried out is not known: send it again, with the same key where it had one.';

export const databaseAway = (): Problem =>
  problem(503, 'DATABASE_AWAY', DATABASE_AWAY, { retryAfterSeconds: AWAY_SECONDS });
