// Settings changed at run time; the value as JSON, because it may be a number, text, a truth value or a list.
export const settings = `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
