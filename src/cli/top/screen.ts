// The terminal's alternate screen: what was on the terminal before comes back when it closes, however the command ends.
import type { Io } from '../command.ts';

export interface Screen {
  draw(lines: readonly string[]): void;
  close(): void;
}

const CSI = '\u001b[';
const CURSOR_HOME = `${CSI}H`;
const CLEAR_TO_END_OF_LINE = `${CSI}K`;
const CLEAR_BELOW = `${CSI}J`;
// Alternate screen, hidden cursor, no automatic wrap; and back. Source: xterm's control sequences (DECSET 1049, 25, 7).
const OPEN = `${CSI}?1049h${CSI}?25l${CSI}?7l`;
const CLOSE = `${CSI}?7h${CSI}?25h${CSI}?1049l`;

export function openScreen(io: Pick<Io, 'stdout' | 'onExit'>): Screen {
  let open = true;
  const close = (): void => {
    if (open) io.stdout.write(CLOSE);
    open = false;
    forgetExit();
  };
  const forgetExit = io.onExit(close);
  io.stdout.write(OPEN);
  return {
    // Lines are overwritten in place: clearing the screen first would flicker.
    draw: (lines) =>
      io.stdout.write(
        `${CURSOR_HOME}${lines.map((line) => `${line}${CLEAR_TO_END_OF_LINE}`).join('\r\n')}${CLEAR_BELOW}`,
      ),
    close,
  };
}
