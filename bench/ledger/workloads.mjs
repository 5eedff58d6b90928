const six = (n) => String(n).padStart(6, '0');

const below = (n) => Math.floor(Math.random() * n);

/** Two different numbers below n. */
function pair(n) {
  const a = below(n);
  return [a, (a + 1 + below(n - 1)) % n];
}

/**
 * The requests of a run. Every one is complete text of one length, put together from parts: the generator has two
 * cores to share. Accounts are those that the desk opens.
 */
export function requests({ kind, ...parameters }) {
  return { posts, empty, balances, statements }[kind](parameters);
}

/** Single posts of one unit: from `hot` when it is to be, else from a random payer; always to a random payer. */
function posts({ port, book, accounts, hot, token, tag }) {
  const from = hot ? 'hot' : `p${six(0)}`;
  const body = (a, b) =>
    `{"kind":"transfer","postings":[{"account":"${a}","asset":"CNY","debit":"1"},` +
    `{"account":"${b}","asset":"CNY","credit":"1"}]}`;
  const head =
    `POST /api/v1/books/${book}/entries HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${authorization(token)}` +
    `Content-Type: application/json\r\nContent-Length: ${body(from, from === 'hot' ? `p${six(0)}` : from).length}\r\n` +
    `Idempotency-Key: ${tag}-`;
  let n = 0;
  return () => {
    const [a, b] = pair(accounts);
    return `${head}${n++}\r\n\r\n${body(hot ? from : `p${six(a)}`, `p${six(b)}`)}`;
  };
}

/** The route that does nothing. */
function empty({ port }) {
  const text = get({ port, path: '/api/v1/bench/empty' });
  return () => text;
}

function balances({ port, book, accounts, token, query = '' }) {
  return () =>
    get({
      port,
      token,
      path: `/api/v1/books/${book}/accounts/p${six(below(accounts))}/balance?asset=CNY${query}`,
    });
}

function statements({ port, book, accounts, token, query = '' }) {
  const path = (n) => `/api/v1/books/${book}/accounts/p${six(n)}/statement?asset=CNY&limit=50${query}`;
  return () => get({ port, token, path: path(below(accounts)) });
}

const get = ({ port, path, token }) =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${authorization(token)}\r\n`;

const authorization = (token) => (token === undefined ? '' : `Authorization: Bearer ${token}\r\n`);
