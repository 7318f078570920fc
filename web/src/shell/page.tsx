// The frame around every view: where one is, how fresh what one sees is, and the token where one is needed.
import './shell.css';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useRef } from 'preact/hooks';
import type { Status } from '../../../src/api/wire.ts';
import { STATUS } from '../connection/questions.ts';
import type { Route, View } from '../navigation/route.ts';
import { NowView } from '../now/now-view.tsx';
import { ProcessesView } from '../process/processes-view.tsx';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { Header } from './header.tsx';
import { useTabIcon } from './tab-icon.ts';
import { TokenGate } from './token-gate.tsx';

const STATUS_SECONDS = 30;

export function Page() {
  const { client, live, location } = useDashboard();
  const route = useCell(location.route);
  const locked = useCell(client.locked);
  const news = useCell(live.news);
  const status = useAnswer<Status>(STATUS, { everySeconds: STATUS_SECONDS, when: news });
  const { data } = status;
  useEffect(() => {
    if (data) live.expectEvery(data.sample_interval);
  }, [live, data]);
  useTabIcon(data);
  const main = useFocusOnChange(route.view);

  return (
    <div class="page">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header route={route} status={data} />
      {locked ? (
        <TokenGate />
      ) : (
        <main ref={main} id="main" tabIndex={-1}>
          {status.error && !data && <p role="alert">{status.error.message}</p>}
          <Suspense fallback={<p class="quiet">Loading…</p>}>
            <ViewOf route={route} status={data} />
          </Suspense>
        </main>
      )}
    </div>
  );
}

/** A reader that cannot see the page is taken to the new view. */
function useFocusOnChange(view: View) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current !== view) main.current?.focus({ preventScroll: true });
    shown.current = view;
  }, [view]);
  return main;
}

function ViewOf({ route, status }: { route: Route; status: Status | undefined }) {
  switch (route.view) {
    case 'now':
      return <NowView status={status} />;
    case 'processes':
      return <ProcessesView status={status} />;
    case 'process':
      return <ProcessView key={route.pid} pid={route.pid ?? 0} mode={status?.mode} />;
    case 'heap':
      return <HeapView />;
    case 'alerts':
      return <AlertsView status={status} />;
    case 'settings':
      return <SettingsView status={status} />;
  }
}

const ProcessView = lazy(() => import('../process/process-view.tsx').then((file) => file.ProcessView));
const HeapView = lazy(() => import('../heap/heap-view.tsx').then((file) => file.HeapView));
const AlertsView = lazy(() => import('../incident/alerts-view.tsx').then((file) => file.AlertsView));
const SettingsView = lazy(() => import('../setting/settings-view.tsx').then((file) => file.SettingsView));
