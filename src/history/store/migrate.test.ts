import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { pragmaNumber } from './connection.ts';
import { migrate } from './migrate.ts';

function emptyDatabase(t: TestContext): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  t.after(() => database.close());
  return database;
}

const STEPS = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y', 'CREATE TABLE b (z)'];

describe('migrating', () => {
  it('takes each step once, in order, keeping what is there', (t) => {
    const database = emptyDatabase(t);
    assert.deepEqual(migrate(database, STEPS.slice(0, 1)), { ok: true });
    database.exec('INSERT INTO a VALUES (1)');
    assert.deepEqual(migrate(database, STEPS), { ok: true });
    assert.deepEqual(migrate(database, STEPS), { ok: true });
    assert.equal(pragmaNumber(database, 'user_version'), 3);
    assert.deepEqual({ ...database.prepare('SELECT x, y FROM a').get() }, { x: 1, y: null });
  });

  it('leaves a step that fails undone and goes on from there', (t) => {
    const database = emptyDatabase(t);
    assert.throws(() => migrate(database, [STEPS[0] ?? '', 'CREATE TABLE b (z); CREATE TABLE a (twice)']));
    assert.equal(pragmaNumber(database, 'user_version'), 1);
    assert.deepEqual(migrate(database, STEPS), { ok: true });
  });

  it('leaves a later version alone', (t) => {
    const database = emptyDatabase(t);
    migrate(database, STEPS);
    assert.deepEqual(migrate(database, STEPS.slice(0, 2)), { ok: false, version: 3 });
    assert.equal(pragmaNumber(database, 'user_version'), 3);
  });
});
