// Samples as they come, one row each; their roll-ups by series, so that a chart is one run of neighbouring rows; the processes
// they speak of. process_seen is apart from process because it changes with every sample and the names do not.
export const samples = `
CREATE TABLE sample (
  at_ms INTEGER PRIMARY KEY,
  packed BLOB NOT NULL
) STRICT;

CREATE TABLE minute (
  series INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  min INTEGER NOT NULL,
  max INTEGER NOT NULL,
  last INTEGER NOT NULL,
  sum REAL NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (series, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE hour (
  series INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  min INTEGER NOT NULL,
  max INTEGER NOT NULL,
  last INTEGER NOT NULL,
  sum REAL NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (series, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE process (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  pid INTEGER NOT NULL,
  start_ticks INTEGER NOT NULL,
  name TEXT NOT NULL,
  command TEXT NOT NULL,
  UNIQUE (pid, start_ticks)
) STRICT;

CREATE TABLE process_seen (
  number INTEGER PRIMARY KEY,
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE mark (
  name TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
