import { ok, refuse, type Refusal, type Result } from '@app/kernel';
import { untilRefused } from './until-refused';

const tick = () => new Promise((done) => setImmediate(done));

describe('works until one is refused', () => {
  it('are done some at a time, and answered in their order', async () => {
    let running = 0;
    let most = 0;
    const works = [3, 1, 2, 0].map((ticks, place) => async () => {
      running += 1;
      most = Math.max(most, running);
      for (let i = 0; i < ticks; i += 1) await tick();
      running -= 1;
      return ok(place);
    });
    expect(await untilRefused(works, 2)).toEqual([ok(0), ok(1), ok(2), ok(3)]);
    expect(most).toBe(2);
  });

  it('are not begun after a refusal, and those under way are waited for', async () => {
    const begun: number[] = [];
    const work = (place: number, answer: Result<number, Refusal>, ticks: number) => async () => {
      begun.push(place);
      for (let i = 0; i < ticks; i += 1) await tick();
      return answer;
    };
    const works = [work(0, ok(0), 5), work(1, refuse({ code: 'NO' }), 1), work(2, ok(2), 0)];
    expect(await untilRefused(works, 2)).toEqual([ok(0), refuse({ code: 'NO' })]);
    expect(begun).toEqual([0, 1]);
  });

  it('throw what one of them threw, once the others have ended', async () => {
    let isEnded = false;
    const works = [
      async () => {
        await tick();
        await tick();
        isEnded = true;
        return ok(0);
      },
      () => Promise.reject(new Error('broken')),
    ];
    await expect(untilRefused(works, 2)).rejects.toThrow('broken');
    expect(isEnded).toBe(true);
  });
});
