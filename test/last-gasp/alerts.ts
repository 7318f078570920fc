// Alerts about the program that is looked at. The kernel's kills on this host are told of by every monitor that runs just then, and
// other tests cause some.

/** Of a line of the log, or an alert's message. */
export function isOfOthers(text: string): boolean {
  return /kill: \d+ on the host since/.test(text);
}

/** As stderr was told of them. */
export function alertsIn(stderr: string): readonly string[] {
  return stderr.split('\n').filter((line) => line.includes('"status":"firing"') && !isOfOthers(line));
}
