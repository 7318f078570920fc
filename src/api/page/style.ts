// The status page's style, and the header that allows it and nothing else.
import { createHash } from 'node:crypto';
import { Html } from './html.ts';

const CSS = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin-top: 2rem; }
meter { width: 100%; height: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
footer { margin-top: 2rem; opacity: .7; }
`;

export const STYLE = new Html(CSS);

const digest = createHash('sha256').update(CSS).digest('base64');

/** No script, no image, no form, no frame: one style, known by its digest. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
