// Growth by whose code it is: a package, the application, Node.js, or no JavaScript at all.
import type { FrameOrigin } from '../model/index.ts';
import type { Place } from './grouping.ts';

/** A place whose file is the package's name, with its version where that is known, or a word for everything else. */
export function packagePlace(_place: Place, origin: FrameOrigin): Place {
  return { functionName: '', file: packageText(origin), line: 0, column: 0 };
}

function packageText(origin: FrameOrigin): string {
  switch (origin.kind) {
    case 'dependency':
      return origin.version === undefined ? origin.packageName : `${origin.packageName}@${origin.version}`;
    case 'application':
      return '(application)';
    case 'node':
      return '(node)';
    case 'native':
      return '(native)';
    case 'external':
      return '(external)';
  }
}
