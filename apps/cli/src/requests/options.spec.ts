import { COMMANDS } from './commands';
import { readRequest, usageOf } from './options';

describe('a request on the command line', () => {
  it('becomes an address, its options the query', () => {
    expect(
      readRequest('registry', ['parcel', '--book', 'b', '--code', 'XB 1/2', '--known-on', '2026-03-01']),
    ).toEqual({
      ...{ method: 'GET', path: '/books/b/parcels/XB%201%2F2?knownOn=2026-03-01', body: {}, json: false },
    });
  });

  it('approves without words and rejects with some', () => {
    const decide = ['decide-reversal', '--book', 'b', '--id', '7', '--json'];
    expect(readRequest('credits', decide)).toMatchObject({ method: 'POST', body: {}, json: true });
    expect(readRequest('credits', [...decide, '--rejection', '重报', '--dry-run'])).toMatchObject({
      ...{ path: '/books/b/reversals/7/decision?dryRun=true', body: { rejection: '重报' } },
    });
  });

  it('is not understood with a word, an option or a value that is not there', () => {
    expect(readRequest('credits', ['mint'])).toMatchObject({
      problem: expect.stringContaining('"mint" is not one of'),
    });
    expect(readRequest('credits', ['constructor'])).toHaveProperty('problem');
    expect(readRequest('credits', ['serial', '--book', 'b'])).toEqual({ problem: '--serial is missing' });
    expect(readRequest('credits', ['land', '--book', 'b', '--code', 'c', '--dry-run'])).toHaveProperty(
      'problem',
    );
    expect(
      readRequest('registry', ['propose', '--book', 'b', '--kind', 'land', '--file', '/no/such']),
    ).toHaveProperty('problem');
  });

  it('is explained, each with its words', () => {
    for (const topic of ['registry', 'credits'] as const)
      for (const word of Object.keys(COMMANDS[topic]))
        expect(usageOf(topic)).toContain(`${topic} ${word} --book <book>`);
  });
});
