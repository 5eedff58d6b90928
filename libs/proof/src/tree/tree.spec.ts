import fc from 'fast-check';

import { fromHex, toHex } from '../bytes';
import { innerHash, leafHash } from './hashes';
import { proveConsistency, proveInclusion, rootOf, treeOf } from './prove';
import { verifyConsistency, verifyInclusion } from './verify';

/** The leaves and roots that Certificate Transparency's own implementations are tested with. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(fromHex);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_none, at) => leafHash(Uint8Array.of(at >> 8, at & 255)));
const flip = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const sizes = fc.integer({ min: 1, max: 300 });
const bit = fc.nat({ max: 255 });

describe('the tree of RFC 6962', () => {
  it.each(ROOTS.map((root, at) => [at + 1, root] as const))(
    'has the known root of %i leaves',
    async (n, root) => {
      const tree = treeOf(LEAVES.slice(0, n).map(leafHash));
      expect(toHex(await rootOf(BigInt(n), tree))).toBe(root);
    },
  );

  it('gives the known path of the first of seven leaves', async () => {
    const path = await proveInclusion(0n, 7n, treeOf(LEAVES.slice(0, 7).map(leafHash)));
    const [, second, third, fourth, fifth, sixth, seventh] = LEAVES.map(leafHash);
    expect(path).toEqual([
      second,
      innerHash(third!, fourth!),
      innerHash(innerHash(fifth!, sixth!), seventh!),
    ]);
  });

  it('proves every leaf of every size, and no other leaf, place, size or path', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), bit, async (n, seed, wrongBit) => {
        const size = BigInt(n);
        const index = BigInt(seed % n);
        const leaves = leavesOf(n);
        const tree = treeOf(leaves);
        const proof = {
          leaf: leaves[Number(index)]!,
          index,
          size,
          path: await proveInclusion(index, size, tree),
          root: await rootOf(size, tree),
        };
        expect(verifyInclusion(proof)).toBe(true);
        expect(verifyInclusion({ ...proof, leaf: flip(proof.leaf, wrongBit) })).toBe(false);
        expect(verifyInclusion({ ...proof, root: flip(proof.root, wrongBit) })).toBe(false);
        expect(verifyInclusion({ ...proof, index: size })).toBe(false);
        expect(verifyInclusion({ ...proof, index: -1n })).toBe(false);
        if (n > 1) expect(verifyInclusion({ ...proof, index: (index + 1n) % size })).toBe(false);
        expect(verifyInclusion({ ...proof, path: [...proof.path, proof.root] })).toBe(false);
        for (const [at, hash] of proof.path.entries()) {
          expect(verifyInclusion({ ...proof, path: proof.path.with(at, flip(hash, wrongBit)) })).toBe(false);
          expect(verifyInclusion({ ...proof, path: proof.path.toSpliced(at, 1) })).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('proves consistency between any two sizes, and with no changed past', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, bit, fc.nat(), async (a, b, wrongBit, seed) => {
        const [old, size] = a <= b ? [a, b] : [b, a];
        const leaves = leavesOf(size);
        const tree = treeOf(leaves);
        const proof = {
          old: BigInt(old),
          oldRoot: await rootOf(BigInt(old), treeOf(leaves.slice(0, old))),
          size: BigInt(size),
          root: await rootOf(BigInt(size), tree),
          path: await proveConsistency(BigInt(old), BigInt(size), tree),
        };
        expect(verifyConsistency(proof)).toBe(true);
        expect(verifyConsistency({ ...proof, oldRoot: flip(proof.oldRoot, wrongBit) })).toBe(false);
        expect(verifyConsistency({ ...proof, root: flip(proof.root, wrongBit) })).toBe(false);
        expect(verifyConsistency({ ...proof, path: [...proof.path, proof.root] })).toBe(false);
        for (const [at, hash] of proof.path.entries()) {
          expect(verifyConsistency({ ...proof, path: proof.path.with(at, flip(hash, wrongBit)) })).toBe(
            false,
          );
        }
        // A log that changed one of the old leaves cannot prove itself consistent, whatever it computes.
        const changed = treeOf(leaves.with(seed % old, leafHash(Uint8Array.of(1, 2, 3))));
        const forked = {
          ...proof,
          root: await rootOf(proof.size, changed),
          path: await proveConsistency(proof.old, proof.size, changed),
        };
        expect(verifyConsistency(forked)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
