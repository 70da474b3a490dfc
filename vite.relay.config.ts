import { defineConfig } from 'vite';

/** One self-contained file, so that `node dist/relay/server.js` runs on every Node from 20 on. */
export default defineConfig({
  build: {
    ssr: 'relay/server.ts',
    target: 'node20',
    outDir: 'dist/relay',
    emptyOutDir: true,
    // The page's static files lie beside the page.
    copyPublicDir: false,
    // The driver of databases is read when it is needed, and still is in the one file.
    rolldownOptions: { output: { codeSplitting: false } },
  },
  ssr: { noExternal: true },
});
