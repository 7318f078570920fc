// The engine: everything a monitor does, on a schedule, behind one interface. It is the same in the agent and inside a
// service; what differs is handed in as parts.
import { createAnswers } from './answers.ts';
import { type Components, createComponents, type EngineOptions } from './components.ts';
import { startEvidence } from './evidence.ts';
import type { Monitor, ProcessProfileOutcome, ProcessProfileRequest } from './monitor.ts';
import { type Schedule, startSchedule } from './schedule.ts';

export function startEngine(options: EngineOptions): Monitor {
  const components = createComponents(options);
  const { live, checking, notifier, slowQueries, slowEndpoints, events } = components;
  const schedules = startSchedules(components);
  const stopEvidence = startEvidence({ ...components, parts: options.parts });
  let stopping: Promise<void> | undefined;
  return {
    ...createAnswers(components),
    changeSettings(changes) {
      const changed = live.change(changes);
      if (changed.ok) for (const schedule of schedules) schedule.reschedule();
      return changed;
    },
    checkHealth: checking.onDemand,
    testAlert: () => notifier.test(),
    silences: components.silences.list,
    silence: components.silences.set,
    profileProcess: (pid, request) => profileProcess(components, pid, request),
    trackSlowQuery: slowQueries.add,
    trackSlowEndpoint: slowEndpoints.add,
    subscribe: events.subscribe,
    stop: () => {
      stopEvidence();
      stopping ??= shutDown(components, schedules);
      return stopping;
    },
  };
}

function startSchedules({
  options,
  live,
  sampling,
  checking,
  refreshMetrics,
}: Components): readonly Schedule[] {
  const { clock } = options.parts;
  const settings = live.current;
  const samples = startSchedule({
    clock,
    intervalSeconds: () => settings().sampleInterval,
    run: async () => {
      await sampling.take();
    },
  });
  const checks = startSchedule({
    clock,
    intervalSeconds: () => settings().healthCheckInterval,
    restSeconds: () => settings().healthCheckCooldown,
    run: async () => {
      await checking.scheduled();
      refreshMetrics();
    },
  });
  return [samples, checks];
}

async function profileProcess(
  { options }: Components,
  pid: number,
  request: ProcessProfileRequest,
): Promise<ProcessProfileOutcome> {
  const { processProfiler } = options.parts;
  return (
    processProfiler?.profile(pid, request) ?? {
      kind: 'unavailable',
      reason: 'a service watches itself; the agent profiles other processes',
    }
  );
}

async function shutDown(
  { options, notifier, tracing }: Components,
  schedules: readonly Schedule[],
): Promise<void> {
  const { host, processes, history, processProfiler, workerThreads } = options.parts;
  await processProfiler?.stop();
  await Promise.all(schedules.map((schedule) => schedule.stop()));
  tracing.stop();
  workerThreads?.close();
  await notifier.stop();
  host.close();
  processes.close();
  history.close();
}
