// Folded stacks, what flame graph tools read: a line a stack, frames from the outermost separated by semicolons, a space, the
// bytes.
//
// A frame of ours is `name (file:line:column)`. The first line holds the metadata, in a form that other readers pass over, and
// says that what would break a line or a frame (; % line ends, ( in a file's name) is percent-encoded. There is one number a line: counts are
// lost, memory on and off the heap of one stack becomes one, and there are no script ids.
import {
  frameAt,
  framesOfStack,
  type Profile,
  type ProfileFrame,
  type ProfileMetadata,
} from '../../model/index.ts';
import { type NewFrame, ProfileBuilder } from '../builder.ts';
import { invalid } from '../errors.ts';
import { checkDepth } from '../limits.ts';
import { parseMetadata } from './metadata.ts';

const HEADER = '# plimsoll ';
const STACK_LINE = /^(.*) (\d+)$/s;
const FRAME = /^(.*) \(([^(]*):(\d+):(\d+)\)$/s;

export function encodeFolded(profile: Profile): string {
  const { stack, bytes } = profile.samples;
  const lines = [HEADER + JSON.stringify({ ...profile.metadata, counts: 'none' } satisfies ProfileMetadata)];
  const texts = new FrameTexts(profile);
  for (const [sample, index] of stack.entries()) {
    const frames = framesOfStack(profile, index).reverse();
    lines.push(`${frames.map((frame) => texts.of(frame)).join(';')} ${bytes[sample]}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Each frame's text, made once. */
class FrameTexts {
  readonly #profile: Profile;
  readonly #texts: string[] = [];

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  of(frame: number): string {
    this.#texts[frame] ??= encodeFrame(frameAt(this.#profile, frame));
    return this.#texts[frame];
  }
}

function encodeFrame({ functionName, file, line, column }: ProfileFrame): string {
  const name = encodeText(functionName);
  const bare = file === '' && line === 0 && column === 0 && !FRAME.test(name);
  return bare ? name : `${name} (${encodeText(file).replaceAll('(', '%28')}:${line}:${column})`;
}

function encodeText(text: string): string {
  return text.replace(/[%;\r\n]/g, encodeURIComponent);
}

/** Throws PROFILE_INVALID or PROFILE_TOO_LARGE. */
export function decodeFolded(text: string): Profile {
  const builder = new ProfileBuilder();
  const own = text.startsWith(HEADER);
  const lines = text.split('\n');
  const metadata = own ? parseMetadata((lines.shift() ?? '').slice(HEADER.length)) : undefined;
  const frames = new FrameNumbers(builder, own);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [, stack, bytes] = STACK_LINE.exec(line.trimEnd()) ?? [];
    if (stack === undefined) throw invalid(`line ${index + 1} is no stack with a number`);
    builder.addSample(frames.stackOf(stack), Number(bytes), 0);
  }
  return builder.build(metadata ?? { counts: 'none' });
}

/** The builder's frame for each text, looked up once. */
class FrameNumbers {
  readonly #builder: ProfileBuilder;
  readonly #encoded: boolean;
  readonly #frames = new Map<string, number>();

  constructor(builder: ProfileBuilder, encoded: boolean) {
    this.#builder = builder;
    this.#encoded = encoded;
  }

  stackOf(line: string): number {
    const texts = line.split(';');
    checkDepth(texts.length);
    return this.#builder.stackOf(texts.map((text) => this.#frameOf(text)));
  }

  #frameOf(text: string): number {
    const known = this.#frames.get(text);
    if (known !== undefined) return known;
    const frame = this.#builder.frame(decodeFrame(text, this.#encoded ? decodeText : (plain) => plain));
    this.#frames.set(text, frame);
    return frame;
  }
}

function decodeText(text: string): string {
  return text.replace(/%(25|28|3B|0A|0D)/g, decodeURIComponent);
}

function decodeFrame(text: string, decode: (part: string) => string): NewFrame {
  const [, functionName, file, line, column] = FRAME.exec(text) ?? [];
  if (functionName === undefined) return { functionName: decode(text), file: '', line: 0, column: 0 };
  return {
    functionName: decode(functionName),
    file: decode(file ?? ''),
    line: Number(line),
    column: Number(column),
  };
}
