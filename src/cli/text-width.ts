// How many columns of a terminal a text takes: East Asian wide characters and emoji take two, combining marks none. An
// approximation of Unicode's UAX #11 by script, which is what names of processes need.
import { stripVTControlCharacters } from 'node:util';

const WIDE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;
const NONE = /\p{Mark}|\p{Format}/u;

function characterWidth(character: string): number {
  if (NONE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns that the text takes; escape sequences take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += characterWidth(character);
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** The text cut to `width` columns, its last one `…` when something was cut. Without escape sequences. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let columns = 0;
  for (const character of text) {
    columns += characterWidth(character);
    if (columns > width - 1) break;
    kept += character;
  }
  return width > 0 ? `${kept}…` : '';
}
