// The dashboard as static files: relative addresses, so that it works wherever the API is mounted; nothing inline, so that it
// runs under a policy without exceptions.
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: './',
  plugins: [runOpeningFirst(), startWithoutIntl()],
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

/**
 * uPlot makes a number format and asks for the time zone as it is loaded. That takes a browser 20 to 40 ms, a tenth of what the
 * first view may take, for axes and legends that are not uPlot's here: so they are made when they are used, which is never.
 */
function startWithoutIntl(): Plugin {
  const eager: readonly (readonly [string, string])[] = [
    ["const numFormatter = new Intl.NumberFormat(domEnv ? nav.language : 'en-US');", ''],
    [
      'const fmtNum = val => numFormatter.format(val);',
      "const fmtNum = val => new Intl.NumberFormat(domEnv ? nav.language : 'en-US').format(val);",
    ],
    ['const localTz = new Intl.DateTimeFormat().resolvedOptions().timeZone;', ''],
    ['tz == localTz', 'tz == new Intl.DateTimeFormat().resolvedOptions().timeZone'],
  ];
  return {
    name: 'start-without-intl',
    transform: (code, id) => {
      if (!id.endsWith('uPlot.esm.js')) return undefined;
      for (const [text] of eager) if (!code.includes(text)) throw new Error(`uPlot no longer has: ${text}`);
      return {
        code: eager.reduce((changed, [text, lazy]) => changed.replace(text, () => lazy), code),
        map: null,
      };
    },
  };
}
