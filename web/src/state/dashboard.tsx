// What every view works with, made once at the start and handed down.
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Client, createClient } from '../connection/client.ts';
import { type Live, startLive } from '../connection/live.ts';
import type { Opening } from '../connection/opening.ts';
import { type Location, watchLocation } from '../navigation/location.ts';
import { DEFAULT_RANGE } from '../navigation/range.ts';

export interface Dashboard {
  readonly client: Client;
  readonly live: Live;
  readonly location: Location;
}

export function startDashboard(window: Window, opening: Opening): Dashboard {
  const client = createClient({
    base: window.document.baseURI,
    storage: window.sessionStorage,
    fetch: (input, init) => window.fetch(input, init),
    opening,
  });
  return { client, live: startLive(client), location: watchLocation(window, DEFAULT_RANGE) };
}

const Context = createContext<Dashboard | undefined>(undefined);

export function DashboardProvider(props: { dashboard: Dashboard; children: ComponentChildren }) {
  return <Context.Provider value={props.dashboard}>{props.children}</Context.Provider>;
}

export function useDashboard(): Dashboard {
  const dashboard = useContext(Context);
  if (!dashboard) throw new Error('a view outside of DashboardProvider');
  return dashboard;
}
