import { crc32, deflateRawSync } from 'node:zlib';

/** A feature as tests write it: its name, and rings of degrees or metres, closed. */
export interface TestFeature {
  readonly name: string;
  readonly rings: readonly (readonly (readonly [number, number])[])[];
}

export function geoJson(
  features: readonly TestFeature[],
  { field = 'parcel_code', crs }: { field?: string; crs?: string } = {},
): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    ...(crs && { crs: { type: 'name', properties: { name: crs } } }),
    features: features.map(({ name, rings }) => ({
      type: 'Feature',
      properties: { [field]: name },
      geometry: { type: 'Polygon', coordinates: rings },
    })),
  });
}

/** The records of a .shp file of polygons; `lengthOf` may lie about a record. */
export function shp(features: readonly TestFeature[], lengthOf = (bytes: number): number => bytes): Buffer {
  const records = features.map(({ rings }, index) => {
    const points = rings.flat();
    const body = Buffer.alloc(44 + 4 * rings.length + 16 * points.length);
    body.writeInt32LE(5, 0);
    body.writeInt32LE(rings.length, 36);
    body.writeInt32LE(points.length, 40);
    let start = 0;
    for (const [part, ring] of rings.entries()) {
      body.writeInt32LE(start, 44 + 4 * part);
      start += ring.length;
    }
    const pointsAt = 44 + 4 * rings.length;
    for (const [place, value] of points.flat().entries()) body.writeDoubleLE(value, pointsAt + 8 * place);
    const head = Buffer.alloc(8);
    head.writeInt32BE(index + 1, 0);
    head.writeInt32BE(lengthOf(body.length) / 2, 4);
    return Buffer.concat([head, body]);
  });
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(5, 32);
  return Buffer.concat([header, ...records]);
}

/** A .dbf file with one text field; names and values are bytes already, so that they may be GBK. */
export function dbf(field: Buffer, values: readonly Buffer[], rows = values.length): Buffer {
  const width = 40;
  const header = Buffer.alloc(65);
  header[0] = 3;
  header.writeUInt32LE(rows, 4);
  header.writeUInt16LE(65, 8);
  header.writeUInt16LE(width + 1, 10);
  field.copy(header, 32);
  header.write('C', 43, 'latin1');
  header[48] = width;
  header[64] = 0x0d;
  const cells = values.map((value) =>
    Buffer.concat([Buffer.from(' '), value, Buffer.alloc(width - value.length, ' ')]),
  );
  return Buffer.concat([header, ...cells, Buffer.from([0x1a])]);
}

/** A zip of these members; `sizeOf` may lie about what a member unpacks to. */
export function zip(
  members: Readonly<Record<string, Buffer | string>>,
  sizeOf = (bytes: number): number => bytes,
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const title = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(sizeOf(plain.length), 18);
    facts.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), facts, title, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), facts, rest, title]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
