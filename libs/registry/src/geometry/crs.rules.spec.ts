import proj4 from 'proj4';

import { crsOfEpsg, crsOfName, crsOfPrj } from './crs.rules';

const GEOGCS =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const zone = (name: string, meridian: number, easting: number, geogcs = GEOGCS): string =>
  `PROJCS["${name}",${geogcs},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${easting}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;

const PLACE = [108.512345678, 32.456789012] as const;
/** The series of another author, good to a millimetre beside the meridian. */
const inZone = (meridian: number, easting: number) =>
  proj4(`+proj=tmerc +approx +lon_0=${meridian} +k=1 +x_0=${easting} +ellps=GRS80 +units=m`).forward([
    ...PLACE,
  ]);

describe('coordinate systems', () => {
  it.each([
    [4490, undefined, undefined],
    [4326, undefined, undefined],
    [4524, 108, 36_500_000],
    [4545, 108, 500_000],
    [4497, 111, 19_500_000],
    [4508, 111, 500_000],
  ])('EPSG:%i puts a place where it is, to a millimetre', (epsg, meridian, easting) => {
    const crs = crsOfEpsg(epsg)!;
    const [x, y] = meridian === undefined ? PLACE : inZone(meridian, easting!);
    const [lon, lat] = crs.toLonLat(x!, y!);
    expect(Math.abs(lon - PLACE[0])).toBeLessThan(2e-8);
    expect(Math.abs(lat - PLACE[1])).toBeLessThan(2e-8);
  });

  it.each([4479, 4555, 4610, 32649, 3857])('EPSG:%i is not one of them', (epsg) => {
    expect(crsOfEpsg(epsg)).toBeUndefined();
  });

  it.each(['urn:ogc:def:crs:EPSG::4545', 'EPSG:4545', 'urn:ogc:def:crs:OGC:1.3:CRS84'])(
    'are known by the name %s',
    (name) => expect(crsOfName(name).ok).toBe(true),
  );

  it('are read from a .prj file, with the zone in the easting or without', () => {
    const read = crsOfPrj(zone('CGCS2000_3_Degree_GK_Zone_36', 108, 36_500_000));
    const [x, y] = inZone(108, 36_500_000);
    expect(read).toMatchObject({
      ok: true,
      value: { name: 'CGCS2000_3_Degree_GK_Zone_36', isGeographic: false },
    });
    if (read.ok) expect(read.value.toLonLat(x!, y!)[0]).toBeCloseTo(PLACE[0], 7);
    expect(crsOfPrj(GEOGCS)).toMatchObject({ ok: true, value: { name: 'CGCS2000', isGeographic: true } });
  });

  it.each([
    ['', 'CRS_MISSING'],
    ['nonsense', 'CRS_UNKNOWN'],
    [
      zone('Xian_1980_3_Degree_GK_CM_108E', 108, 500_000, GEOGCS.replace('D_China_2000', 'D_Xian_1980')),
      'CRS_UNKNOWN',
    ],
    [zone('odd', 108, 500_000).replace('Gauss_Kruger', 'Mercator_Auxiliary_Sphere'), 'CRS_UNKNOWN'],
    [
      zone('feet', 108, 500_000).replace('UNIT["Meter",1.0]', 'UNIT["Foot_US",0.3048006096012192]'),
      'CRS_UNKNOWN',
    ],
  ])('that are none of ours are refused by name: %s', (prj, code) => {
    expect(crsOfPrj(prj)).toMatchObject({
      ok: false,
      reason: { code, expected: { zh: expect.stringContaining('CGCS2000') as string } },
    });
  });
});
