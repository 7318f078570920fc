// The text that keeps V8 from copying a function into its callers. What V8 copies is bounded by the length of its bytecode, so
// a branch that is never taken makes every function too long. It costs what it takes to step over it: V8's bytecode compiler
// does not see that the condition is false, and the optimising compilers do and drop the branch. It stands at the beginning, where
// it counts for how long a call is thought to take, by which V8 decides when to optimise. It uses one register: a stack holds as
// many calls as before.
import type { Bytes } from '../../units/index.ts';

/** V8's --max-inlined-bytecode-size and --max-maglev-inlined-bytecode-size, in Node.js 22 to 26. */
const LONGEST_COPIED: Bytes = 460;

/** Of `|1e9`: BitwiseOrSmi, its prefix for operands of four bytes, the number and the feedback slot. */
const BYTES_A_TERM: Bytes = 10;

/** LdaZero and JumpIfNotUndefined. */
const NEVER = '0===void 0';

/** Would be `undefined | 1e9 | …`. */
const BALLAST = `0..a${'|1e9'.repeat(LONGEST_COPIED / BYTES_A_TERM)}`;

/** Before the first statement of a function. */
export const PADDING_STATEMENT = `if(${NEVER})${BALLAST};`;

/** Before the expression that is an arrow function's body. Whatever may stand there may also follow the colon. */
export const PADDING_PREFIX = `${NEVER}?${BALLAST}:`;
