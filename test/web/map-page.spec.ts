import type { Page } from 'playwright-core';

import { describeWithChromium } from '../support';
import { DESK, PHONE, WebStage } from './browser';
import { FLAWS } from './in-page';

describeWithChromium('the map of a village in a browser', () => {
  let web: WebStage;
  let page: Page;
  const viewBox = () => page.locator('svg.map').getAttribute('viewBox');
  const facts = () => page.locator('[aria-live=polite]').innerText();

  beforeAll(async () => {
    web = await WebStage.open();
  });
  beforeEach(async () => {
    page = await web.look('/map', { as: 'staff', size: DESK });
  });
  afterEach(async () => {
    await page.close();
    expect(web.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => web.close());

  it('tells of the parcel that is clicked', async () => {
    await page.locator('path[data-code=XB00016]').click();
    const text = await facts();
    for (const part of ['XB00016', '针叶林', '12.30 亩', '15.00 亩', '+21.95%', '1 个', '相差超过 5%']) {
      expect(text).toContain(part);
    }
    await page.locator('path[data-code=XB00001]').click();
    expect(await facts()).not.toContain('相差超过 5%');
  });

  it('is moved and brought nearer by keys, buttons, wheel and pulling', async () => {
    const map = page.locator('svg.map');
    const whole = await viewBox();
    await map.focus();
    await page.keyboard.press('+');
    const near = await viewBox();
    await page.keyboard.press('ArrowRight');
    const moved = await viewBox();
    expect(new Set([whole, near, moved]).size).toBe(3);
    await page.keyboard.press('0');
    expect(await viewBox()).toBe(whole);
    await page.getByRole('button', { name: '放大' }).click();
    expect(await viewBox()).toBe(near);
    const box = (await map.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    expect(await viewBox()).not.toBe(near);
    // A pull chooses nothing.
    expect(await facts()).toContain('在图上点一个小班');
    await page.getByRole('button', { name: '全图' }).click();
    await page.mouse.wheel(0, -100);
    // Not a question put as a script: the page's own policy forbids those.
    await page.locator(`svg.map:not([viewBox="${whole}"])`).waitFor();
  });

  it('is used without a pointer: chosen by code, and brought into sight', async () => {
    await page.locator('svg.map').focus();
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('+');
    for (let presses = 0; presses < 9; presses += 1) await page.keyboard.press('ArrowLeft');
    const before = await viewBox();
    await page.getByLabel('小班编号').selectOption('XB00016');
    expect(await facts()).toContain('XB00016');
    await page.locator('.map-chosen').waitFor();
    expect(await viewBox()).not.toBe(before);
  });

  it('fits a phone, and tells its classes in words', async () => {
    const phone = await web.look('/map', { as: 'staff', size: PHONE });
    await phone.locator('svg.map').waitFor();
    expect(await phone.evaluate<string[]>(FLAWS)).toEqual([]);
    const text = await phone.locator('main').innerText();
    for (const part of ['阔叶林', '竹林', '茶园', '针叶林', '16 个小班', '1.4 千米'])
      expect(text).toContain(part);
    await phone.close();
  });

  it('is for staff', async () => {
    const stranger = await web.look('/map', {});
    await stranger.getByText('请先登录').waitFor();
    await stranger.close();
  });
});
