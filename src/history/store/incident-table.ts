// Incidents with their transitions, and what became of their notifications.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Delivery, Incident } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import { byDelivery, byStart, closedAtSeconds } from '../incident-order.ts';

/** Closed ones beyond this go, the oldest first, and deliveries beyond ten for each. */
const MAX_INCIDENTS = 10_000;
const MAX_DELIVERIES = 10 * MAX_INCIDENTS;

export class IncidentTable {
  readonly #save: StatementSync;
  readonly #since: StatementSync;
  readonly #saveDelivery: StatementSync;
  readonly #deliveries: StatementSync;
  readonly #drop: readonly StatementSync[];
  readonly #dropExcess: readonly StatementSync[];

  constructor(database: DatabaseSync) {
    this.#save = database.prepare(
      'INSERT OR REPLACE INTO incident (id, started_at, closed_at, body) VALUES (?, ?, ?, ?)',
    );
    this.#since = database.prepare('SELECT body FROM incident WHERE closed_at IS NULL OR closed_at >= ?');
    this.#saveDelivery = database.prepare(
      `INSERT OR REPLACE INTO delivery (notification_id, channel, incident_id, at, outcome, attempts, detail)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#deliveries = database.prepare(
      `SELECT notification_id AS notificationId, incident_id AS incidentId, channel, at AS atSeconds, outcome,
       attempts, detail FROM delivery WHERE incident_id = ?`,
    );
    this.#drop = [
      database.prepare('DELETE FROM incident WHERE closed_at < ?'),
      database.prepare('DELETE FROM delivery WHERE at < ? AND incident_id NOT IN (SELECT id FROM incident)'),
    ];
    this.#dropExcess = [
      database.prepare(
        `DELETE FROM incident WHERE id IN (SELECT id FROM incident WHERE closed_at IS NOT NULL
         ORDER BY closed_at DESC LIMIT -1 OFFSET ${MAX_INCIDENTS})`,
      ),
      database.prepare(
        `DELETE FROM delivery WHERE at <= (SELECT at FROM delivery ORDER BY at DESC LIMIT 1 OFFSET ${MAX_DELIVERIES})`,
      ),
    ];
  }

  save(incident: Incident): void {
    const closedAt = closedAtSeconds(incident) ?? null;
    this.#save.run(incident.id, incident.startedAtSeconds, closedAt, JSON.stringify(incident));
  }

  since(seconds: Seconds): readonly Incident[] {
    return this.#since
      .all(seconds)
      .map((row) => JSON.parse(String(row.body)) as Incident)
      .sort(byStart);
  }

  saveDelivery(delivery: Delivery): void {
    const { notificationId, channel, incidentId, atSeconds, outcome, attempts, detail } = delivery;
    this.#saveDelivery.run(notificationId, channel, incidentId, atSeconds, outcome, attempts, detail);
  }

  deliveries(incidentId: string): readonly Delivery[] {
    const rows = this.#deliveries.all(incidentId) as unknown as Delivery[];
    return rows.map((row) => ({ ...row })).sort(byDelivery);
  }

  /** Incidents closed before, and deliveries from before that belong to no incident that is kept. */
  dropBefore(seconds: Seconds): void {
    for (const statement of this.#drop) statement.run(seconds);
    for (const statement of this.#dropExcess) statement.run();
  }
}
