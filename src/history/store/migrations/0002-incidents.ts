// An incident is read and written whole, with its transitions, so it is kept whole, as JSON; what is searched by has a column.
export const incidents = `
CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  started_at REAL NOT NULL,
  closed_at REAL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  notification_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  incident_id TEXT NOT NULL,
  at REAL NOT NULL,
  outcome TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (notification_id, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_by_incident ON delivery (incident_id);
`;
