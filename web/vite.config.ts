// The dashboard as static files: relative addresses, so that it works wherever the API is mounted; nothing inline, so that it
// runs under a policy without exceptions.
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
