import proj4 from 'proj4';

import { areaM2Of, centreOf, doubleArea, toMu100, toPlane } from './equal-area.rules';
import { NANO } from './shape';

const nano = (...degrees: number[]): Float64Array =>
  Float64Array.from(degrees, (one) => Math.round(one * NANO));

describe('areas on the ellipsoid', () => {
  it('sum to the surface of the earth, which is known', () => {
    // 510,065,621.7 km² for the ellipsoids of GRS 80 and WGS 84.
    const pole = toPlane(nano(180, 90));
    expect((4 * pole[0]! * pole[1]!) / 1e6).toBeCloseTo(510_065_621.7, 0);
  });

  it('are those of the Gauss–Krüger plane beside its meridian, but for which line between two points is straight', () => {
    const ring = [108, 32.5, 108.006, 32.501, 108.004, 32.507, 107.998, 32.505];
    const plane = proj4('+proj=etmerc +lon_0=108 +k=1 +x_0=500000 +ellps=GRS80 +units=m');
    const metres = Float64Array.from([0, 2, 4, 6].flatMap((at) => plane.forward([ring[at]!, ring[at + 1]!])));
    const [own, theirs] = [areaM2Of([[nano(...ring)]]), doubleArea(metres) / 2];
    expect(Math.abs(own / theirs - 1)).toBeLessThan(1e-5);
  });

  it('leave holes out', () => {
    const outer = nano(108, 32, 108.01, 32, 108.01, 32.01, 108, 32.01);
    const hole = nano(108.002, 32.002, 108.002, 32.004, 108.004, 32.004, 108.004, 32.002);
    const [whole, less] = [areaM2Of([[outer]]), areaM2Of([[outer, hole]])];
    expect(whole - less).toBeCloseTo(-doubleArea(toPlane(hole)) / 2, 3);
    expect(less).toBeLessThan(whole);
  });

  it('are told in hundredths of a mu, half up', () => {
    expect(toMu100(2_000 / 3)).toBe(100n);
    expect(toMu100(10)).toBe(2n);
  });
});

it('finds the centre of gravity of an L', () => {
  const ell = nano(0, 0, 2, 0, 2, 1, 1, 1, 1, 2, 0, 2);
  expect(centreOf([[ell]])).toEqual({ lon: Math.round((5 / 6) * NANO), lat: Math.round((5 / 6) * NANO) });
});
