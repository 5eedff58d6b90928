import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

import { writeWhole } from './files.mjs';

/** The same as in jest.config.cjs, so that tests run the code that ships. */
export const SWC_OPTIONS = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: true,
  swcrc: false,
};

/** `libs/ledger/src/x.ts` is compiled to `dist/libs/ledger/src/x.js`. */
export const outputOf = (source) => source.replace(/\.ts$/, '.js');

/**
 * Compiles one file into dist.
 * @returns {Promise<string | undefined>} what is wrong with it, when something is
 */
export async function compile(root, dist, source) {
  const output = outputOf(source);
  const map = `${output}.map`;
  try {
    const compiled = await transformFile(join(root, source), {
      ...SWC_OPTIONS,
      sourceFileName: relative(join(dist, dirname(output)), join(root, source)),
    });
    const code = withRelativeLibraries(root, source, compiled.code);
    writeWhole(join(dist, output), `${code}\n//# sourceMappingURL=${posix.basename(map)}\n`);
    writeWhole(join(dist, map), compiled.map);
    return undefined;
  } catch (error) {
    return `${source}: ${error.message}`;
  }
}

/** Node knows nothing of `@app/ledger`: it becomes the relative path of that library's index. */
function withRelativeLibraries(root, source, code) {
  return code.replace(/\brequire\("@app\/([a-z-]+)"\)/g, (_, library) => {
    if (!existsSync(join(root, 'libs', library, 'src/index.ts')))
      throw new Error(`there is no @app/${library}`);
    const path = posix.relative(posix.dirname(source), `libs/${library}/src/index.js`);
    return `require("${path.startsWith('.') ? path : `./${path}`}")`;
  });
}
