/** Alerts that stderr was told of, but for the kernel's kills on this host since the check before: those are other tests'. */
export function alertsIn(stderr: string): readonly string[] {
  return stderr
    .split('\n')
    .filter((line) => line.includes('"status":"firing"') && !/kill: \d+ on the host since/.test(line));
}
