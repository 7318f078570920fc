// A reporter for node:test that prints what became of each test, a JSON line each: where it stands, its name, how it ended.
export default async function* outcomes(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { name, file = '', line, column, skip, todo } = data;
    const ended =
      type === 'test:fail' ? 'failed' : skip !== undefined || todo !== undefined ? 'skipped' : 'passed';
    yield `${JSON.stringify({ place: `${file}:${line}:${column}`, name, ended })}\n`;
  }
}
