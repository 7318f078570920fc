// Where a frame of V8's profile stands in the file as it was written. Precise mode moves text within its line, and makes
// functions of its own: such a frame is not a call of the application's, but a place in the function that called it.
import type { CallFrame, CodeFrame, PositionResolver, SiteTable } from '../../heap/index.ts';
import type { NewFrame } from '../../profile/index.ts';

export interface FramePlaces {
  /** Whether it stands for an expression in the function that called it. */
  isSite(frame: CallFrame, caller: NewFrame): boolean;
  of(frame: CallFrame): NewFrame;
  /** The frame of the function that the expression stands in, at the place of the expression. */
  inFunction(site: CallFrame, around: NewFrame): NewFrame;
  /** Of a stack of calls, innermost first: their positions are those of the calls. */
  ofCalls(frames: readonly CodeFrame[]): readonly CodeFrame[];
}

export function createFramePlaces(sites: SiteTable | undefined, positions: PositionResolver): FramePlaces {
  const find = (frame: CallFrame) => sites?.find(frame.url, frame.lineNumber, frame.columnNumber);
  const of = (frame: CallFrame): NewFrame => ({
    functionName: frame.functionName,
    file: frame.url,
    line: frame.lineNumber + 1,
    column: (find(frame)?.column ?? frame.columnNumber) + 1,
    scriptId: Number(frame.scriptId),
  });
  return {
    of,
    ofCalls: (frames) => (sites ? callsAsWritten(frames, sites) : frames),
    // V8 keeps so many frames of a stack: the outermost may lack the function around it.
    isSite: (frame, { scriptId }) => scriptId === Number(frame.scriptId) && find(frame)?.kind === 'start',
    inFunction(site, around) {
      // A minified function's own name is found where the function starts, and from here on that is forgotten.
      const [named] = positions.resolve([around]);
      return { ...of(site), functionName: named?.functionName ?? around.functionName };
    },
  };
}

/** A call out of a function that precise mode made, and the call of that function, are one call in the function around. */
function callsAsWritten(frames: readonly CodeFrame[], sites: SiteTable): readonly CodeFrame[] {
  const written: CodeFrame[] = [];
  for (let index = 0; index < frames.length; index += 1) {
    const frame = frames[index] as CodeFrame;
    const around = frames[index + 1];
    const place = sites.find(frame.file, frame.line - 1, frame.column - 1);
    const column = place ? place.column + 1 : frame.column;
    if (place?.kind === 'body' && around?.file === frame.file) {
      written.push({ ...frame, functionName: around.functionName, column });
      index += 1;
    } else written.push({ ...frame, column });
  }
  return written;
}
