// /proc/[pid]/cmdline: the arguments, each ended by a NUL; or whatever the process wrote over them, which many do to show a
// status, and then blanks separate. Source: proc_pid_cmdline(5).

const NUL = 0;
const BLANK = 0x20;
const SLASH = 0x2f;
const decoder = new TextDecoder();

/** The arguments joined by blanks. Bytes that are no UTF-8 become U+FFFD. Empty for kernel threads and zombies. */
export function parseCommand(bytes: Uint8Array): string {
  return decoder.decode(bytes).replace(/\0+$/, '').replaceAll('\0', ' ').trim();
}

/** The file name of the program, as bytes: of the first argument what follows its last slash. */
export function programName(bytes: Uint8Array): Uint8Array {
  const first = bytes.subarray(0, endOfFirst(bytes));
  return first.subarray(first.lastIndexOf(SLASH) + 1);
}

/** A single argument with blanks in it is a status line written over the arguments: its first word counts. */
function endOfFirst(bytes: Uint8Array): number {
  const nul = bytes.indexOf(NUL);
  const single = nul === -1 || nul === bytes.length - 1;
  const end = single ? bytes.indexOf(BLANK) : nul;
  if (end !== -1) return end;
  return nul === -1 ? bytes.length : nul;
}
