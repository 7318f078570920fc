// Where a frame of V8's profile stands in the file as it was written. Precise mode moves text within its line, and makes
// functions of its own: such a frame is not a call of the application's, but a place in the function that called it.
import type { CallFrame, PositionResolver, SiteTable } from '../../heap/index.ts';
import type { NewFrame } from '../../profile/index.ts';

export interface FramePlaces {
  /** Whether it stands for an expression in the function that called it. */
  isSite(frame: CallFrame, caller: NewFrame): boolean;
  of(frame: CallFrame): NewFrame;
  /** The frame of the function that the expression stands in, at the place of the expression. */
  inFunction(site: CallFrame, around: NewFrame): NewFrame;
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
    // V8 keeps so many frames of a stack: the outermost may lack the function around it.
    isSite: (frame, { scriptId }) => scriptId === Number(frame.scriptId) && find(frame)?.isSite === true,
    inFunction(site, around) {
      // A minified function's own name is found where the function starts, and from here on that is forgotten.
      const [named] = positions.resolve([around]);
      return { ...of(site), functionName: named?.functionName ?? around.functionName };
    },
  };
}
