import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Incident, Notification, Observation, Severity } from '../model/index.ts';
import { statusOf } from './entries.ts';
import { MAX_TRANSITIONS } from './incident.ts';
import { type AlertStep, step, view } from './machine.ts';
import type { AlertPolicy } from './policy.ts';
import { restore } from './restore.ts';
import { type AlertState, EMPTY_STATE } from './state.ts';

const POLICY: AlertPolicy = { consecutiveFailures: 3, dedupWindowSeconds: 300, recoverySeconds: 3600 };
const KEY = 'high_memory';
const START = 1_750_000_000;

function breach(
  severity: Severity = 'medium',
  message = 'High memory usage: 91.2% (21.3GB used)',
): Observation {
  return { key: KEY, outcome: 'breach', type: 'memory', severity, title: 'High memory usage', message };
}
const HEALTHY: Observation = { key: KEY, outcome: 'healthy' };
const UNKNOWN: Observation = { key: KEY, outcome: 'unknown' };
const OOM_KILL: Observation = {
  key: 'oom_kill',
  outcome: 'breach',
  type: 'memory',
  severity: 'critical',
  title: 'Out-of-memory kill',
  message: '1 in the host',
  immediate: true,
};

/** Checks one after the other, every minute unless told otherwise, and keeps all that came of them. */
class Course {
  state: AlertState = EMPTY_STATE;
  atSeconds = START - 60;
  last: AlertStep = { state: EMPTY_STATE, entries: [], incidents: [], notifications: [] };
  readonly notifications: Notification[] = [];
  readonly incidents = new Map<string, Incident>();
  readonly policy: AlertPolicy;

  constructor(policy: Partial<AlertPolicy> = {}) {
    this.policy = { ...POLICY, ...policy };
  }

  check(observation: Observation, afterSeconds = 60): this {
    this.atSeconds += afterSeconds;
    const { atSeconds, policy } = this;
    this.last = step(this.state, { atSeconds, observations: [observation], policy });
    this.state = this.last.state;
    this.notifications.push(...this.last.notifications);
    for (const incident of this.last.incidents) this.incidents.set(incident.id, incident);
    return this;
  }

  checks(count: number, observation: Observation): this {
    for (let done = 0; done < count; done += 1) this.check(observation);
    return this;
  }

  view(observation: Observation) {
    return view(this.state, {
      atSeconds: this.atSeconds,
      observations: [observation],
      policy: this.policy,
    });
  }

  get kinds(): string[] {
    return this.notifications.map(({ kind }) => kind);
  }

  get incident(): Incident {
    const newest = [...this.incidents.values()].at(-1);
    assert.ok(newest);
    return newest;
  }
}

describe('consecutive failures', () => {
  it('shows the first ones as transient warnings and tells nobody', () => {
    const course = new Course().checks(2, breach('high'));
    assert.deepEqual(course.last.entries, [
      {
        key: KEY,
        type: 'memory',
        severity: 'warning',
        message: 'Monitoring: High memory usage: 91.2% (21.3GB used) (transient)',
        transient: true,
        sinceSeconds: START,
      },
    ]);
    assert.deepEqual([course.notifications, course.last.incidents], [[], []]);
    assert.equal(statusOf(course.last.entries), 'warning');
  });

  it('notifies at the last one, with the true severity, since the first', () => {
    const course = new Course().checks(3, breach('high'));
    const message = 'High memory usage: 91.2% (21.3GB used)';
    assert.deepEqual(course.last.entries, [
      { key: KEY, type: 'memory', severity: 'high', message, sinceSeconds: START },
    ]);
    const [notification] = course.notifications;
    assert.deepEqual(notification, {
      id: `${KEY}-${START * 1000}-1-1`,
      incidentId: `${KEY}-${START * 1000}-1`,
      kind: 'firing',
      key: KEY,
      type: 'memory',
      severity: 'high',
      title: 'High memory usage',
      message,
      startedAtSeconds: START,
      atSeconds: START + 120,
    });
    assert.equal(statusOf(course.last.entries), 'critical');
  });

  it('are counted anew after one healthy check', () => {
    const course = new Course().checks(2, breach()).check(HEALTHY).checks(2, breach());
    assert.deepEqual(course.kinds, []);
    assert.deepEqual(course.check(breach()).kinds, ['firing']);
  });

  it('are neither lengthened nor broken by a check that had nothing to judge', () => {
    const course = new Course().checks(2, breach());
    const { state, entries } = course.last;
    course.check(UNKNOWN);
    assert.deepEqual([course.last.state, course.last.entries], [state, entries]);
    assert.deepEqual(course.check(breach()).kinds, ['firing']);
  });

  it('are not waited for when one is enough, nor by an event that does not come again', () => {
    assert.deepEqual(new Course({ consecutiveFailures: 1 }).check(breach()).kinds, ['firing']);
    const course = new Course().check(OOM_KILL);
    assert.deepEqual([course.kinds, statusOf(course.last.entries)], [['firing'], 'critical']);
  });
});

describe('deduplication', () => {
  it('tells nothing within the window while the incident keeps firing in the result', () => {
    const course = new Course().checks(3, breach());
    for (let minute = 1; minute < 5; minute += 1) {
      course.check(breach());
      assert.deepEqual(
        course.last.entries.map(({ transient, key }) => [key, transient]),
        [[KEY, undefined]],
      );
    }
    assert.deepEqual(course.kinds, ['firing']);
  });

  it('lets a reminder through once the window is over', () => {
    const course = new Course().checks(8, breach());
    assert.deepEqual(course.kinds, ['firing', 'firing']);
    assert.deepEqual(
      course.notifications.map(({ incidentId }) => incidentId),
      [course.incident.id, course.incident.id],
    );
    assert.equal(course.notifications[1]?.atSeconds, START + 120 + 300);
    assert.deepEqual(
      course.incident.transitions.map(({ kind }) => kind),
      ['fired', 'reminded'],
    );
  });

  it('holds an escalation back until the next reminder, which carries it', () => {
    const course = new Course().checks(3, breach('warning')).checks(4, breach('high'));
    assert.deepEqual(course.kinds, ['firing']);
    assert.deepEqual([course.incident.severity, course.last.entries[0]?.severity], ['high', 'high']);
    course.check(breach('high'));
    assert.equal(course.notifications.at(-1)?.severity, 'high');
    assert.deepEqual(
      course.incident.transitions.map(({ kind }) => kind),
      ['fired', 'escalated', 'reminded'],
    );
  });

  it('lets an event through that is graver than what was told, once', () => {
    const death = { ...breach('critical', 'died'), immediate: true };
    const course = new Course().checks(3, breach('high')).check(death);
    assert.deepEqual(
      course.notifications.map(({ severity }) => severity),
      ['high', 'critical'],
    );
    assert.equal(course.check(death).notifications.length, 2);
  });

  it('holds over a resolution: raised again within the window, told when it is over', () => {
    const course = new Course({ consecutiveFailures: 1 }).check(breach()).check(HEALTHY).checks(3, breach());
    assert.deepEqual(course.check(breach(), 59).kinds, ['firing', 'resolved']);
    assert.deepEqual(course.check(breach(), 1).kinds, ['firing', 'resolved', 'firing']);
  });

  it('says nothing of the end of what was told to nobody', () => {
    const course = new Course({ consecutiveFailures: 1 }).check(breach()).check(HEALTHY);
    course.check(breach()).check(HEALTHY);
    assert.deepEqual(course.kinds, ['firing', 'resolved']);
    assert.equal(course.incident.state, 'resolved');
  });

  it('holds over a new incident too', () => {
    const course = new Course({ consecutiveFailures: 1, recoverySeconds: 0 }).check(breach()).check(HEALTHY);
    course.check(breach());
    assert.equal(course.incidents.size, 2);
    assert.deepEqual(course.kinds, ['firing', 'resolved']);
  });
});

describe('resolution', () => {
  it('is told once', () => {
    const course = new Course().checks(3, breach('high')).checks(2, breach('warning')).checks(3, HEALTHY);
    assert.deepEqual(course.kinds, ['firing', 'resolved']);
    const resolved = course.notifications.at(-1);
    assert.equal(
      resolved?.message,
      'Resolved after 5 min. Last seen: High memory usage: 91.2% (21.3GB used)',
    );
    assert.deepEqual([course.last.entries, statusOf(course.last.entries)], [[], 'healthy']);
  });

  it('is addressed to whoever heard of the incident, whatever its severity was then', () => {
    const course = new Course().checks(3, breach('high')).checks(5, breach('warning')).check(HEALTHY);
    const resolved = course.notifications.at(-1);
    assert.deepEqual([resolved?.severity, resolved?.toldSeverities], ['warning', ['high', 'warning']]);
  });

  it('does not come while nothing can be judged', () => {
    const course = new Course().checks(3, breach()).checks(20, UNKNOWN);
    assert.deepEqual(course.kinds, ['firing']);
    assert.equal(course.last.entries[0]?.key, KEY);
  });
});

describe('recovery', () => {
  it('reopens the same incident once enough checks have failed again', () => {
    const course = new Course().checks(3, breach()).check(HEALTHY);
    const { id } = course.incident;
    course.check(HEALTHY, 3000).checks(2, breach());
    assert.equal(course.last.entries[0]?.transient, true);
    course.check(breach());
    assert.deepEqual([course.incident.id, course.incident.state], [id, 'firing']);
    assert.equal(course.incident.resolvedAtSeconds, undefined);
    assert.deepEqual(course.kinds, ['firing', 'resolved', 'firing']);
  });

  it('ends after the recovery time without a breach: the incident is closed for good', () => {
    const course = new Course().checks(3, breach()).check(HEALTHY).check(HEALTHY, 3600);
    assert.equal(course.incident.state, 'closed');
    const { id } = course.incident;
    course.checks(3, breach());
    assert.notEqual(course.incident.id, id);
    assert.equal(course.incidents.size, 2);
  });

  it('starts over with every breach', () => {
    const course = new Course().checks(3, breach()).check(HEALTHY);
    course.check(breach(), 3000).check(HEALTHY).checks(2, breach()).check(breach(), 3000);
    assert.equal(course.incidents.size, 1);
  });

  it('ends while nothing can be judged too', () => {
    const course = new Course().checks(3, breach()).check(HEALTHY).check(UNKNOWN, 3600);
    assert.equal(course.incident.state, 'closed');
  });
});

describe('a clock that jumps back', () => {
  it('makes the window start over, and not last for ever', () => {
    const course = new Course({ consecutiveFailures: 1 }).check(breach()).check(breach(), -1_000_000);
    assert.deepEqual(course.kinds, ['firing']);
    assert.deepEqual(course.check(breach(), 299).kinds, ['firing']);
    assert.deepEqual(course.check(breach(), 1).kinds, ['firing', 'firing']);
  });

  it('gives no two incidents one id', () => {
    const course = new Course({ consecutiveFailures: 1, recoverySeconds: 0, dedupWindowSeconds: 0 });
    for (let turn = 0; turn < 5; turn += 1) course.check(breach(), 60).check(HEALTHY, -60).check(HEALTHY, 0);
    assert.equal(course.incidents.size, 5);
    assert.equal(new Set(course.notifications.map(({ id }) => id)).size, 10);
  });
});

describe('transitions', () => {
  it('are bounded, and the beginning stays', () => {
    const course = new Course().checks(3, breach('warning'));
    for (let turn = 0; turn < MAX_TRANSITIONS; turn += 1)
      course.check(breach('high')).check(breach('warning'));
    const { transitions } = course.incident;
    assert.equal(transitions.length, MAX_TRANSITIONS);
    assert.equal(transitions[0]?.kind, 'fired');
    assert.equal(transitions.at(-1)?.atSeconds, course.atSeconds);
  });
});

describe('view', () => {
  it('shows a failing check as transient, however many there were, and counts nothing', () => {
    const course = new Course().checks(2, breach());
    for (let turn = 0; turn < 5; turn += 1)
      assert.deepEqual(
        course.view(breach()).map(({ transient }) => transient),
        [true],
      );
    assert.deepEqual(course.kinds, []);
  });

  it('shows it plainly where one failing check is enough', () => {
    const course = new Course({ consecutiveFailures: 1 });
    assert.deepEqual(
      course.view(breach()).map(({ severity, transient }) => [severity, transient]),
      [['medium', undefined]],
    );
    assert.deepEqual(
      new Course().view(OOM_KILL).map(({ severity, transient }) => [severity, transient]),
      [['critical', undefined]],
    );
  });

  it('shows an incident as it stands, with the newest figures', () => {
    const course = new Course().checks(3, breach());
    assert.equal(course.view(HEALTHY)[0]?.message, course.incident.message);
    assert.equal(course.view(UNKNOWN)[0]?.severity, 'medium');
    assert.deepEqual(
      course.view(breach('high', 'now worse')).map(({ severity, message }) => [severity, message]),
      [['high', 'now worse']],
    );
  });

  it('shows nothing of a rule that is healthy again before it has raised anything', () => {
    assert.deepEqual(new Course().checks(2, breach()).view(HEALTHY), []);
  });
});

describe('restore', () => {
  it('goes on where the stored incidents were', () => {
    const course = new Course().checks(3, breach());
    course.state = restore(JSON.parse(JSON.stringify([...course.incidents.values()])));
    course.checks(4, breach());
    assert.deepEqual(course.kinds, ['firing']);
    course.check(breach()).check(HEALTHY);
    assert.deepEqual(course.kinds, ['firing', 'firing', 'resolved']);
    assert.equal(course.incidents.size, 1);
  });

  it('forgets nothing of what a closed incident told', () => {
    const course = new Course({ consecutiveFailures: 1, recoverySeconds: 0 }).check(breach()).check(HEALTHY);
    course.check(HEALTHY);
    assert.equal(course.incident.state, 'closed');
    course.state = restore([...course.incidents.values()]);
    assert.deepEqual(course.check(breach()).kinds, ['firing', 'resolved']);
  });

  it('reopens and closes what was resolved', () => {
    const stored = [...new Course().checks(3, breach()).check(HEALTHY).incidents.values()];
    const reopened = new Course();
    reopened.state = restore(stored);
    reopened.check(HEALTHY, 300).checks(3, breach());
    assert.deepEqual([...reopened.incidents.keys()], [stored[0]?.id]);
    const closed = new Course();
    closed.state = restore(stored);
    assert.equal(closed.check(HEALTHY, 7200).incident.state, 'closed');
  });
});
