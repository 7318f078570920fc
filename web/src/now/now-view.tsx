// Is memory all right now; what grows; since when; where; until when. In this order, and without a click.
import './now.css';
import { useMemo } from 'preact/hooks';
import type { Alerts, MemoryLeaks, Status, Trends } from '../../../src/api/wire.ts';
import { useMarks } from '../chart/use-marks.ts';
import { ALERTS, LEAKS, TRENDS } from '../connection/questions.ts';
import { Findings } from '../incident/findings.tsx';
import { PreviousRunNews } from '../incident/previous-run.tsx';
import { ProcessSummary } from '../process/process-summary.tsx';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { GrowingMost } from './growing-most.tsx';
import { HostCharts } from './host-charts.tsx';
import { hostMarks } from './host-marks.ts';
import { State } from './state.tsx';

const REFRESH_SECONDS = 30;

export function NowView({ status }: { status: Status | undefined }) {
  const { live } = useDashboard();
  const news = useCell(live.news);
  const options = { everySeconds: REFRESH_SECONDS, when: news };
  const alertsAnswer = useAnswer<Alerts>(ALERTS, options);
  const trends = useAnswer<Trends>(TRENDS, options).data;
  const leaksAnswer = useAnswer<MemoryLeaks>(LEAKS, options);
  const [alerts, leaks] = [alertsAnswer.data, leaksAnswer.data];
  const settled = [alertsAnswer, leaksAnswer].every(({ data, error }) => data || error);
  const happened = useMarks(status?.mode === 'service' ? 'the service' : 'the monitor');
  const marks = useMemo(() => {
    const starts = happened.filter(({ kind }) => kind === 'restart');
    return hostMarks({ alerts, leaks, status, starts });
  }, [alerts, status, leaks, happened]);
  const leaking = [leaks?.verdict, ...(trends?.verdicts ?? [])].some((verdict) => verdict?.leak);
  const stale = ['stale', 'lost'].includes(useCell(live.freshness).kind);
  return (
    // Findings stand above: until they are known, everything under them would jump.
    <div class={`now-view ${settled ? '' : 'settling'}`}>
      <h2 class="sr">Now</h2>
      <Findings incidents={alerts?.incidents} verdicts={trends?.verdicts} leaks={leaks} mode={status?.mode} />
      <PreviousRunNews death={leaks?.previous_run} />
      <div class={`now ${stale ? 'stale' : ''}`}>
        <State status={status} alerts={alerts} leaking={leaking} />
        {leaks?.verdict?.leak ? null : <GrowingMost sites={leaks?.growing_sites} />}
        <HostCharts
          marks={marks}
          collections={happened.filter(({ kind }) => kind === 'collection')}
          thresholdPercent={status?.thresholds.memory}
          mode={status?.mode}
        />
      </div>
      <ProcessSummary verdicts={trends?.verdicts} status={status} />
    </div>
  );
}
