import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** One page that routes by itself; every group's part is a chunk of its own. */
export default defineConfig({
  plugins: [react()],
  // The library that checks proofs is the same in the page, on the command line and in the server.
  resolve: { alias: { '@app/proof': fileURLToPath(new URL('../../libs/proof/src', import.meta.url)) } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2020',
    // The content policy of the API has no room for inlined fonts and pictures, and there are none to inline.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': process.env.API_URL ?? 'http://127.0.0.1:3000' } },
});
