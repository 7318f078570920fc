// The dashboard as static files: relative addresses, so that it works wherever the API is mounted; nothing inline, so that it
// runs under a policy without exceptions.
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: './',
  plugins: [runOpeningFirst()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { index: join(root, 'index.html'), opening: join(root, 'src/opening.ts') } },
  },
});

/** The request of the first view leaves as soon as its own few lines are there: it waits neither for the rest nor for styles. */
function runOpeningFirst(): Plugin {
  return {
    name: 'run-opening-first',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.values(bundle)
          .filter((file) => file.type === 'chunk' && file.name === 'opening')
          .map(({ fileName }) => ({
            tag: 'script',
            attrs: { type: 'module', async: true, crossorigin: true, src: `./${fileName}` },
            injectTo: 'head-prepend',
          })),
    },
  };
}
