// Draws the README's picture of `plimsoll top`: the real command, in a real terminal (tmux), over real processes in a process
// namespace of their own, so that the picture shows nothing of the machine it was made on. Linux, root, tmux, prometheus.
//   node scripts/terminal-picture.mjs docs/pictures/top.svg
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [output] = process.argv.slice(2);
if (!output) {
  console.error('usage: node scripts/terminal-picture.mjs <file.svg>');
  process.exit(64);
}

const COLUMNS = 104;
const ROWS = 15;
const SETTLE_SECONDS = 75;
const [CELL_WIDTH, LINE_HEIGHT, MARGIN] = [8.4, 20, 14];
const [GROUND, INK] = ['#10161d', '#e6ebf1'];
/** The entries of the 256-colour palette that the command uses. */
const PALETTE = { 31: '#5aa9d6', 74: '#356a89', 152: '#22435a', 208: '#ef8a4c' };
const SESSION = `plimsoll-picture-${process.pid}`;

const ESCAPE = String.fromCharCode(27);
/** Select graphic rendition: what sets colours and weights. */
const SGR = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`);

/** A leaking service, one that does not leak, and the programs of a usual host, all quiet. */
const SCENE = [
  'cd /tmp && rm -rf picture && mkdir -p picture/prometheus picture/alertmanager && cd picture',
  // Short paths in the command lines.
  `ln -s ${root} plimsoll`,
  'printf "global: {}\\n" > prometheus.yml && printf "route: {receiver: none}\\nreceivers: [{name: none}]\\n" > alertmanager.yml',
  'prometheus --config.file=prometheus.yml --storage.tsdb.path=prometheus --web.listen-address=127.0.0.1:0 >/dev/null 2>&1 &',
  'prometheus-alertmanager --config.file=alertmanager.yml --storage.path=alertmanager --web.listen-address=127.0.0.1:0 --cluster.listen-address= >/dev/null 2>&1 &',
  `MONITORING_PORT=0 node --import ./plimsoll/dist/register.js plimsoll/dist/cli/demo/service.js >/dev/null 2>&1 &`,
  `node -e "setInterval(() => Buffer.alloc(1e6), 50)" >/dev/null 2>&1 &`,
  `sleep 1; clear; exec node plimsoll/bin/plimsoll.js top --interval 1`,
].join('\n');

const tmux = (...args) => execFileSync('tmux', ['-L', SESSION, ...args], { encoding: 'utf8' });

tmux(
  ...['new-session', '-d', '-s', SESSION, '-x', String(COLUMNS), '-y', String(ROWS)],
  ...[
    'unshare',
    '--pid',
    '--fork',
    '--mount-proc',
    '--kill-child',
    'env',
    'TERM=tmux-256color',
    'bash',
    '-c',
    SCENE,
  ],
);
await sleep(SETTLE_SECONDS * 1000);
const screen = tmux('capture-pane', '-e', '-p', '-t', SESSION);
tmux('kill-server');
writeFileSync(join(root, output), svg(screen.trimEnd().split('\n')));

/** One run of text in one style. */
function* runs(line) {
  let style = {};
  for (const part of line.split(SGR)) {
    const codes = part.startsWith(ESCAPE) ? part.slice(2, -1) : undefined;
    if (codes !== undefined) style = applied(style, codes.split(';').map(Number));
    else if (part !== '') yield { text: part, style };
  }
}

function applied(style, codes) {
  const [code, mode, colour] = codes;
  if (code === 38 && mode === 5) return { ...style, colour: PALETTE[colour] ?? INK };
  if (code === 0 || code === undefined) return codes.length > 1 ? applied({}, codes.slice(1)) : {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 7) return { ...style, reverse: true };
  if (code === 31) return { ...style, colour: '#ff6b61' };
  if (code === 33) return { ...style, colour: '#e0a83f' };
  if (code === 39) return { ...style, colour: INK };
  return style;
}

function svg(lines) {
  const [width, height] = [COLUMNS * CELL_WIDTH + 2 * MARGIN, lines.length * LINE_HEIGHT + 2 * MARGIN];
  const rows = lines.map((line, row) => {
    const y = MARGIN + (row + 0.75) * LINE_HEIGHT;
    let column = 0;
    return [...runs(line)]
      .map(({ text, style }) => {
        const x = MARGIN + column * CELL_WIDTH;
        column += [...text].length;
        return run(text, style, x, y);
      })
      .join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
<title>plimsoll top</title>
<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>
${rows.filter((row) => row !== '').join('\n')}
</svg>
`;
}

function run(text, { bold, dim, reverse, colour = INK }, x, y) {
  const length = [...text].length * CELL_WIDTH;
  const box = reverse
    ? `<rect x="${x.toFixed(1)}" y="${(y - 0.75 * LINE_HEIGHT).toFixed(1)}" width="${length.toFixed(1)}" height="${LINE_HEIGHT}" fill="${colour}"/>`
    : '';
  if (text.trim() === '') return box;
  const look = `fill="${reverse ? GROUND : colour}"${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.65"' : ''}`;
  return `${box}<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" textLength="${length.toFixed(1)}" xml:space="preserve" ${look}>${escaped(text)}</text>`;
}

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
