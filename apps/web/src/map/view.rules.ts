/** What of the grid is seen. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Grid {
  readonly width: number;
  readonly height: number;
}

/** So much of the village's size is left free around it. */
const MARGIN = 0.04;
/** A twentieth of the village fills the window at the most: there the grid's steps begin to show. */
const CLOSEST = 1 / 20;

/** All of the village. */
export function wholeOf({ width, height }: Grid): View {
  const margin = MARGIN * Math.max(width, height);
  return { x: -margin, y: -margin, width: width + 2 * margin, height: height + 2 * margin };
}

/** Nearer (a factor below 1) or farther around a point of the grid, within what there is to see. */
export function zoomed(view: View, grid: Grid, factor: number, at = middleOf(view)): View {
  const whole = wholeOf(grid);
  const width = Math.min(whole.width, Math.max(whole.width * CLOSEST, view.width * factor));
  const scale = width / view.width;
  return kept(
    {
      x: at.x - (at.x - view.x) * scale,
      y: at.y - (at.y - view.y) * scale,
      width,
      height: view.height * scale,
    },
    whole,
  );
}

/** Moved by parts of its own size. */
export const moved = (view: View, grid: Grid, right: number, down: number): View =>
  kept({ ...view, x: view.x + right * view.width, y: view.y + down * view.height }, wholeOf(grid));

/** So that a place is in the middle, if it is not seen yet. */
export function showing(view: View, grid: Grid, { x, y }: { x: number; y: number }): View {
  const isSeen = x > view.x && x < view.x + view.width && y > view.y && y < view.y + view.height;
  return isSeen ? view : kept({ ...view, x: x - view.width / 2, y: y - view.height / 2 }, wholeOf(grid));
}

const middleOf = ({ x, y, width, height }: View) => ({ x: x + width / 2, y: y + height / 2 });

/** The window does not leave the village. */
function kept(view: View, whole: View): View {
  const within = (value: number, least: number, most: number): number =>
    Math.min(Math.max(value, least), Math.max(least, most));
  return {
    ...view,
    x: within(view.x, whole.x, whole.x + whole.width - view.width),
    y: within(view.y, whole.y, whole.y + whole.height - view.height),
  };
}

/** Rings as the path of an SVG: "M0 0L9 0L9 9Z". */
export const pathOf = (rings: readonly (readonly number[])[]): string =>
  rings
    .map((ring) => {
      const points = Array.from(
        { length: ring.length / 2 },
        (_none, at) => `${ring[2 * at]} ${ring[2 * at + 1]}`,
      );
      return `M${points.join('L')}Z`;
    })
    .join('');

/** How far the map is from what is stated, in hundredths of a per cent of the stated area: "+712" is 7.12 %. */
export function apartOf(statedMu100: string, mapMu100: string): bigint {
  const stated = BigInt(statedMu100);
  return stated === 0n ? 0n : ((BigInt(mapMu100) - stated) * 10_000n) / stated;
}

const WARN_FROM = 500n;
export const isFarApart = (apart: bigint): boolean => apart > WARN_FROM || apart < -WARN_FROM;
