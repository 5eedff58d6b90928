import { PLAIN_WEEK } from '@app/kernel';
import { isNoticeOver, noticeHash, noticeUntil, type NoticeContent } from './notice.rules';

describe('the period of a notice', () => {
  it('counts working days after the day it goes up', () => {
    // Wednesday before the national holiday of 2026; the Saturday after it is worked.
    const calendar = {
      holidays: new Set(['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`)),
      workedWeekends: new Set(['2026-10-10']),
    };
    expect(noticeUntil('2026-09-30', 7, 'working', calendar)).toBe('2026-10-15');
    expect(noticeUntil('2026-09-30', 7, 'working', PLAIN_WEEK)).toBe('2026-10-09');
    expect(noticeUntil('2026-09-30', 7, 'calendar', calendar)).toBe('2026-10-07');
  });

  it('is over when its last day is over in China, not a millisecond before', () => {
    expect(isNoticeOver('2026-10-15', new Date('2026-10-15T15:59:59.999Z'))).toBe(false);
    expect(isNoticeOver('2026-10-15', new Date('2026-10-15T16:00:00.000Z'))).toBe(true);
  });
});

describe('the hash of a notice', () => {
  const content: NoticeContent = {
    book: 1,
    roster: 'r',
    no: 'gyl-2026-610924100-1',
    programme: 'p',
    region: '610924100',
    year: 2026,
    asOf: '2026-05-06',
    from: '2026-05-06',
    until: '2026-05-15',
    lines: [
      {
        no: 1,
        village: '610924100001',
        parcel: 'parcel',
        party: 'party',
        right: 'right',
        standard: 'standard',
        areaMu100: 1_230n,
        fenPerMu: 1_575n,
        deductionFenPerMu: 0n,
        qualityPpm: 1_000_000n,
        qualityResult: null,
        sharePpm: 1_000_000n,
        parcelFen: 19_373n,
        amountFen: 19_373n,
      },
    ],
  };
  const [line] = content.lines;

  it('of land that pays by area and standard alone is what it always was', () => {
    expect(noticeHash(content)).toBe('07455c08db35dc3ea6ef71cebef5f40187fe3b7b6cca5e5dd1d68487f1cbb0fc');
  });

  it('is the same for the same content and another for any other', () => {
    expect(noticeHash({ ...content })).toBe(noticeHash(content));
    const others = [
      { ...content, until: '2026-05-16' },
      { ...content, book: 2 },
      { ...content, lines: [] },
      { ...content, lines: [{ ...line!, amountFen: 19_372n }] },
      { ...content, lines: [{ ...line!, party: 'another' }] },
      { ...content, lines: [{ ...line!, deductionFenPerMu: 200n }] },
      { ...content, lines: [{ ...line!, qualityPpm: 950_000n, qualityResult: 'q' }] },
      { ...content, lines: [{ ...line!, qualityResult: 'q' }] },
    ];
    expect(new Set([content, ...others].map(noticeHash)).size).toBe(others.length + 1);
  });
});
