import type { Page } from 'playwright-core';

import { describeWithChromium } from '../support';
import { DESK, PHONE, WebStage } from './browser';
import { FLAWS } from './in-page';

describeWithChromium('the pages of the registry', () => {
  let web: WebStage;
  let page: Page;

  beforeAll(async () => {
    web = await WebStage.open();
  });
  afterEach(async () => {
    await page.close();
    expect(web.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => web.close());

  const order = (text: string) => page.locator('.order').filter({ hasText: text });

  it.each([PHONE, DESK])('stay inside the window and fit thumbs (%o)', async (size) => {
    for (const path of ['/registry', '/registry/imports']) {
      page = await web.look(path, { as: 'registrar', size });
      await page.locator('h1').waitFor();
      await page.locator('.sheet').first().waitFor();
      expect(await page.locator('.note-bad').count()).toBe(0);
      expect(await page.evaluate<string[]>(FLAWS)).toEqual([]);
      if (path === '/registry') await page.close();
    }
  });

  it('reject an order with a reason, and tell the loser of a race what holds now', async () => {
    page = await web.look('/registry', { as: 'registrar' });
    await order('XB00003').getByRole('button', { name: '退回' }).click();
    const confirm = order('XB00003').getByRole('button', { name: '确认退回' });
    expect(await confirm.isDisabled()).toBe(true);
    await order('XB00003').getByLabel('为什么退回').fill('材料不全');
    const [request] = await Promise.all([page.waitForRequest('**/decision'), confirm.click()]);
    expect(request.postDataJSON()).toEqual({ rejection: '材料不全' });
    await order('XB00003').getByText('已退回：材料不全').waitFor();

    await order('XB00002').getByRole('button', { name: '同意' }).click();
    await order('XB00002').getByRole('button', { name: '确认同意' }).click();
    await order('XB00002').getByText('别人已改过这个小班的权利').waitFor();
    expect(await order('XB00002').innerText()).toContain('HH00005 100 %');
    expect(await page.evaluate<string[]>(FLAWS)).toEqual([]);
  });

  it('offer no decision on what one proposed oneself, and show what a reversal would take', async () => {
    page = await web.look('/registry', { as: 'registrar' });
    expect(await order('面积 12.30 亩 → 12.50 亩').getByRole('button').count()).toBe(0);
    await order('火灾').getByText('150.000 千克').waitFor();
  });

  it('list every bad row of a file, and load a clean one only after it was checked', async () => {
    page = await web.look('/registry/imports', { as: 'registrar' });
    const csv = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a\n1\n') };
    const kind = page.getByLabel('导入什么', { exact: true });
    await kind.selectOption('parcels');
    await page.locator('input[type=file]').setInputFiles(csv);
    await page.getByRole('button', { name: '检查文件' }).click();
    await page.getByText('有 3 处要改').first().waitFor();
    expect(await page.locator('.import-result tbody tr').count()).toBe(3);
    expect(await page.getByText('12 位行政村代码').count()).toBe(1);
    expect(await page.evaluate<string[]>(FLAWS)).toEqual([]);

    await kind.selectOption('parties');
    const [checked] = await Promise.all([
      page.waitForRequest('**/imports/parties*'),
      page.getByRole('button', { name: '检查文件' }).click(),
    ]);
    expect([new URL(checked.url()).search, checked.headers()['content-type']]).toEqual([
      '?dryRun=true',
      'text/csv',
    ]);
    const [loaded] = await Promise.all([
      page.waitForRequest('**/imports/parties*'),
      page.getByRole('button', { name: '导入 2 行' }).click(),
    ]);
    expect(new URL(loaded.url()).search).toBe('');
  });
});
