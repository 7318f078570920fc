// Says on stderr what is being done to the process, as it is done; on a terminal also how long the sampling still takes.
import { type AttachStage, type InspectorLeft, pauseText } from '../../heap/attach/index.ts';
import { formatDuration, type Seconds } from '../../units/index.ts';
import type { TextOutput } from '../command.ts';
import { printable } from '../output.ts';

export interface Progress {
  show(stage: AttachStage): void;
  end(): void;
}

const CLEAR_LINE = '\r\u001b[K';

export function createProgress(
  output: TextOutput,
  { pid, seconds }: { readonly pid: number; readonly seconds: Seconds },
): Progress {
  let ticking: NodeJS.Timeout | undefined;
  const end = (): void => {
    if (!ticking) return;
    clearInterval(ticking);
    ticking = undefined;
    output.write(CLEAR_LINE);
  };
  const startTicking = (): void => {
    const startedMs = performance.now();
    const tick = (): void => {
      const passed = Math.min(seconds, (performance.now() - startedMs) / 1000);
      output.write(`${CLEAR_LINE}sampling: ${Math.floor(passed)} of ${seconds} s; Ctrl-C ends it early`);
    };
    tick();
    ticking = setInterval(tick, 1000);
  };
  return {
    show(stage) {
      end();
      if (stage.kind === 'sampling' && output.isTTY) startTicking();
      else output.write(`${printable(stageText(stage, pid, seconds))}\n`);
    },
    end,
  };
}

function stageText(stage: AttachStage, pid: number, seconds: Seconds): string {
  switch (stage.kind) {
    case 'waiting':
      return `process ${pid} has not opened its inspector yet: its main thread may be in a blocking call; waiting`;
    case 'attached':
      return (
        `attached to process ${pid}, Node.js ${stage.nodeVersion}: reading the profile will pause ` +
        pauseText(stage.forecast)
      );
    case 'sampling':
      return `sampling for ${formatDuration(seconds)}`;
    case 'detached':
      return `detached: ${LEFT[stage.inspector]}`;
  }
}

const LEFT: Readonly<Record<InspectorLeft, string>> = {
  closed: 'the inspector is closed again',
  'open-as-found': 'the inspector was open before and stays open',
  'closes-later': 'the main thread is in a blocking call; the inspector closes when that returns',
};
