/** The requests of a run, each complete text. */
export function requests({ kind, ...parameters }) {
  return { histories, oneBook }[kind](parameters);
}

/** The whole way of a random serial of a random issuance. */
function histories({ port, book, issuances }) {
  return () => {
    const { code, grams } = issuances[Math.floor(Math.random() * issuances.length)];
    const serial = 1 + Math.floor(Math.random() * Number(grams));
    return get(port, `/api/v1/public/books/${book}/serials/${code}-${serial}/history`);
  };
}

/** 一本账 of the whole county. */
function oneBook({ port, book }) {
  const text = get(port, `/api/v1/public/books/${book}/one-book`);
  return () => text;
}

const get = (port, path) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
