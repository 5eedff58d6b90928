import type { Page } from 'playwright-core';

import { describeWithChromium } from '../support';
import { DESK, PHONE, WebStage, type Look } from './browser';
import { BOOK, CERTIFICATE } from './fixtures';
import { FLAWS, SIZES_OF_WORDS } from './in-page';

const PAGES: readonly (readonly [string, string, Look['as']])[] = [
  ['home', '/', undefined],
  ['sign-in', '/signin', undefined],
  ['bureau', '/bureau', 'staff'],
  ['parcel map', '/map', 'staff'],
  ['household', '/household', 'person'],
  ['buyer', '/buyer', 'person'],
  ['certificate', `/verify/${CERTIFICATE}`, undefined],
  ['proof', '/proof', undefined],
  ['public figures', `/public/${BOOK}`, undefined],
  ['report', `/public/${BOOK}/reports/balance-sheet`, undefined],
  ['voucher', '/voucher/LP-0123-4567-89AB-CDEF-G', undefined],
  ['notice', `/public/${BOOK}/notices/0b0a6a52-0000-4000-8000-000000000102`, undefined],
];

const flaws = (page: Page): Promise<string[]> => page.evaluate<string[]>(FLAWS);

const textOf = (page: Page): Promise<string> => page.locator('main').innerText();

describeWithChromium('the pages in a browser', () => {
  let web: WebStage;
  const open: Page[] = [];
  const look = async (path: string, options?: Look): Promise<Page> => {
    const page = await web.look(path, options);
    open.push(page);
    return page;
  };

  beforeAll(async () => {
    web = await WebStage.open();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.close()));
    expect(web.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => web.close());

  it.each(PAGES)(
    'keep the %s page inside a phone and a desk, with targets for thumbs',
    async (_name, path, as) => {
      for (const size of [PHONE, DESK]) {
        const page = await look(path, { as, size });
        await page.locator('h1').first().waitFor();
        expect(await page.locator('h1').count()).toBe(1);
        expect(await page.locator('.note-bad[role=alert]').count()).toBe(0);
        expect(await flaws(page)).toEqual([]);
      }
    },
  );

  it('show the bureau where every fen is, to a difference of 0.00', async () => {
    const text = await textOf(await look('/bureau', { as: 'staff', size: DESK }));
    for (const part of [
      '7,392,575.00',
      '412,000.00',
      '2,320,567.00',
      '4,660,008.00',
      '差额 0.00 元',
      '1,266',
    ])
      expect(text).toContain(part);
  });

  it('print a report in its units, grouped, with a dash where nothing is stated', async () => {
    const text = await textOf(await look(`/public/${BOOK}/reports/balance-sheet`, { size: DESK }));
    for (const part of ['1,234,567.00', '1,235,077.00', '—', '示例系数，非核定值', 'ab'.repeat(32)])
      expect(text).toContain(part);
  });

  it('let the bureau reissue only what may be paid again', async () => {
    const page = await look('/bureau', { as: 'staff', size: DESK });
    const waits = page.getByLabel('选 张某某');
    expect(await waits.isDisabled()).toBe(true);
    const button = page.getByRole('button', { name: '重新发放' });
    expect(await button.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '选中所有可重发的' }).click();
    await page.getByText('已选 2 笔，共 598.01 元').waitFor();
    const [request] = await Promise.all([page.waitForRequest('**/reissues'), button.click()]);
    expect(request.postDataJSON()).toEqual({
      lineIds: ['0b0a6a52-0000-4000-8000-000000000302', '0b0a6a52-0000-4000-8000-000000000303'],
    });
    await page.getByText('已组成 1 个重发批次').waitFor();
  });

  it('tell a household how its money was reckoned, where it is and whom to ask', async () => {
    const text = await textOf(await look('/household', { as: 'person' }));
    for (const part of [
      '12.30 亩 × 15.75 元 × 1.00 = 193.73 元',
      '尾号 4417',
      '户名不符',
      '城关镇 · 镇财政所复核',
      '9,840',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/注销|retired|vintage/i);
  });

  it('choose nothing for a household that has not consented', async () => {
    const page = await look('/household', { as: 'person' });
    const agree = page.getByRole('button', { name: '同意出售' });
    expect(await page.locator('input:checked').count()).toBe(0);
    expect(await agree.isDisabled()).toBe(true);
    await page.getByText('50%', { exact: true }).click();
    await page.getByText('1 年', { exact: true }).click();
    expect(await agree.isDisabled()).toBe(true);
    await page.getByText('上面三条我看明白了').click();
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.method() === 'POST' && sent.url().endsWith('/my/consents')),
      agree.click(),
    ]);
    expect(request.postDataJSON()).toMatchObject({ sharePercent: '50', until: '2027-07-01' });
  });

  it('show a buyer the price and every part of it before there is anything to pay', async () => {
    const page = await look('/buyer', { as: 'person' });
    await page.getByLabel('认购多少').fill('12.3456');
    await page.getByRole('button', { name: '看价钱' }).click();
    await page.getByText('最多三位小数').waitFor();
    await page.getByLabel('认购多少').fill('500');
    await page.getByRole('button', { name: '看价钱' }).click();
    await page.getByText('分账规则：示例').waitFor();
    const text = await textOf(page);
    for (const part of ['40.00', '16.00 元', '3.60 元', '2.16 元', '0.24 元', '产品名称，不表示乘车零排放'])
      expect(text).toContain(part);
    await page.getByLabel('认购人姓名或单位全称').fill('某某');
    await page.getByLabel('公交卡号').fill('610900000421');
    await page.getByText('我知道这不是 CCER').click();
    const [request] = await Promise.all([
      page.waitForRequest('**/card-orders'),
      page.getByRole('button', { name: '提交认购' }).click(),
    ]);
    expect(request.headers()['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(request.postDataJSON()).toMatchObject({ grams: '500000', cardNumber: '610900000421' });
    await page.getByText('RG20260702-1').waitFor();
  });

  it('print a certificate with what must be said in the size of what is claimed', async () => {
    const page = await look(`/verify/${CERTIFICATE}`);
    const sizes = await page.evaluate<string[]>(SIZES_OF_WORDS);
    expect(sizes).toHaveLength(6);
    expect(new Set(sizes).size).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.top').isVisible()).toBe(false);
    expect(await page.locator('.certificate').isVisible()).toBe(true);
    expect(await page.locator('.speak').isVisible()).toBe(false);
  });

  it('speak English when asked, and keep speaking it', async () => {
    const page = await look('/', { size: DESK });
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.getByRole('link', { name: 'Bureau', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Bureau', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('say with an empty installation how to get a book', async () => {
    const page = await look('/', { isStaged: false });
    await page.getByText('npm run demo').waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  it('tell of a wrong password and an unknown certificate in words, with the code', async () => {
    const page = await look('/signin?way=staff', { isStaged: false });
    await page.getByLabel('用户名').fill('nobody');
    await page.getByLabel('密码').fill('wrong-password');
    await page.locator('form button[type=submit]').click();
    await page.getByText('用户名和密码对不上。').waitFor();
    expect(await textOf(page)).toContain('SIGN_IN_FAILED');
    const verify = await look('/verify/TH-0000-0000-0000-0000-0', { isStaged: false });
    await verify.getByText('没有这个编号的证明').waitFor();
  });

  it('send a signed-out visitor to sign in and never to another site', async () => {
    const page = await look('/bureau');
    await page.getByText('请先登录').waitFor();
    const away = await look('/signin?way=staff&next=//example.org/', {});
    await away.getByLabel('用户名').fill('a');
    await away.getByLabel('密码').fill('b');
    await away.locator('form button[type=submit]').click();
    await away.waitForURL('**/bureau');
    expect(new URL(away.url()).origin).toBe(web.url);
  });
});
