import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bytesOnDisk, filesBelow } from './bytes-on-disk';

describe('The bytes of a file on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanhui-bytes-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are none when it was taken away after it was listed', () => {
    mkdirSync(join(folder, 'base'));
    for (const name of ['stays', 'base/goes']) writeFileSync(join(folder, name), name);
    const files = filesBelow(folder);
    rmSync(join(folder, 'base/goes'));
    expect(files.map((file) => bytesOnDisk(file)?.toString())).toEqual(
      files.map((file) => (file.endsWith('stays') ? 'stays' : undefined)),
    );
    expect(files).toHaveLength(2);
  });

  it('are not passed over when there is another reason', () => {
    expect(() => bytesOnDisk(folder)).toThrow('EISDIR');
    expect(() => bytesOnDisk(join(folder, 'stays', 'below'))).toThrow('ENOTDIR');
  });
});
