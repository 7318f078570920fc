// The functions of a file that have to be padded: by a quick scan, and where that is in doubt by the parser, which is loaded then.
import type { FindFunctions } from './function-to-pad.ts';
import { loadFunctionParser } from './parsed-functions.ts';
import { InDoubt, scanFunctions } from './scanned-functions.ts';

export function createFunctionFinder(): FindFunctions {
  let parse: FindFunctions | undefined;
  return (source, goal) => {
    try {
      return scanFunctions(source);
    } catch (error) {
      if (!(error instanceof InDoubt)) throw error;
      parse ??= loadFunctionParser();
      return parse(source, goal);
    }
  };
}
