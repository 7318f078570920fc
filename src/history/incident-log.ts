// Incidents, deliveries and run-time settings in memory: for a history without a disk, and for what is new while the disk fails.
import { SETTING_KEYS, type SettingKey, type SettingValue } from '../config/index.ts';
import type { Delivery, Incident } from '../model/index.ts';
import type { History } from './history.ts';
import { byDelivery, byStart, closedAtSeconds } from './incident-order.ts';

/** A busy year of incidents; the one saved longest ago goes first. */
const MAX_INCIDENTS = 1000;
const MAX_DELIVERIES = 5000;

export type SettingChanges = Readonly<Partial<Record<SettingKey, SettingValue | undefined>>>;

export class IncidentLog {
  readonly #incidents = new Map<string, Incident>();
  readonly #deliveries = new Map<string, Delivery>();
  readonly #settings = new Map<SettingKey, SettingValue | undefined>();

  saveIncident(incident: Incident): void {
    keepNewest(this.#incidents, incident.id, incident, MAX_INCIDENTS);
  }

  incidents(sinceSeconds: number): readonly Incident[] {
    return [...this.#incidents.values()]
      .filter((incident) => (closedAtSeconds(incident) ?? Number.POSITIVE_INFINITY) >= sinceSeconds)
      .sort(byStart);
  }

  saveDelivery(delivery: Delivery): void {
    keepNewest(this.#deliveries, `${delivery.notificationId}\n${delivery.channel}`, delivery, MAX_DELIVERIES);
  }

  deliveries(): readonly Delivery[] {
    return [...this.#deliveries.values()].sort(byDelivery);
  }

  changeSettings(changes: SettingChanges): void {
    for (const key of SETTING_KEYS) if (key in changes) this.#settings.set(key, changes[key]);
  }

  /** `undefined` for one that was unset. */
  settingChanges(): SettingChanges {
    return Object.fromEntries(this.#settings);
  }
}

export function definedSettings(changes: SettingChanges): ReturnType<History['settings']> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function keepNewest<T>(map: Map<string, T>, key: string, value: T, limit: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= limit) return;
    map.delete(oldest);
  }
}
