import { defineConfig } from 'vite';

/** One self-contained file, as the relay is: it can be copied to the machine beside the servers. */
export default defineConfig({
  build: {
    ssr: 'runner/main.ts',
    target: 'node20',
    outDir: 'dist/runner',
    emptyOutDir: true,
    copyPublicDir: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
  ssr: { noExternal: true },
});
