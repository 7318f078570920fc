// The allocation profile of another process, taken from outside while somebody waits for it.
import type { ProcessProfileOutcome } from '../../monitor/monitor.ts';
import { ATTACH_PROBLEMS, capitalised } from '../attach-problems.ts';
import { pidParams } from '../input.ts';
import { presentProcessProfile } from '../present/process-profile.ts';
import type { ProblemCode, Refusal } from '../problems.ts';
import { type Answer, jsonRoute } from '../route.ts';
import type { ProcessProfile } from '../wire.ts';

export const PROCESS_PROFILE_ROUTE = jsonRoute({
  method: 'POST',
  path: '/api/monitoring/processes/:pid/profile',
  summary: 'Attaches to a running Node.js process, samples its allocations, detaches',
  description:
    'Needs no flag and no restart: opens the inspector of the process by SIGUSR1 and closes it again. Reading the profile ' +
    'collects all garbage: a heap above 1 GiB is left alone without `confirm`. Answers when the sampling is over.',
  params: pidParams,
  body: 'processProfileBody',
  data: 'processProfile',
  problems: [
    'PROCESS_NOT_FOUND',
    'PROFILING_UNAVAILABLE',
    ...(Object.keys(ATTACH_PROBLEMS) as ProblemCode[]),
  ],
  handle: async ({ params, body }, { monitor }) => {
    const { seconds, sample_interval: sampleBytes, confirm } = body;
    return answer(await monitor.profileProcess(params.pid, { seconds, sampleBytes, confirm }));
  },
});

function answer(outcome: ProcessProfileOutcome): Answer<ProcessProfile> | Refusal {
  switch (outcome.kind) {
    case 'profiled':
      return {
        data: presentProcessProfile(outcome),
        message: `Process ${outcome.result.pid} was profiled`,
      };
    case 'refused':
      return { refusal: outcome.code, reason: capitalised(outcome.reason) };
    case 'unavailable':
      return { refusal: 'PROFILING_UNAVAILABLE', reason: `Not here: ${outcome.reason}` };
  }
}
