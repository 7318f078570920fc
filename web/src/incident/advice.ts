// What to do about an incident, in a sentence, and the view that helps with it.
import type { IncidentRecord, Status } from '../../../src/api/wire.ts';
import type { View } from '../navigation/route.ts';

export interface Advice {
  readonly text: string;
  readonly view: View;
  readonly link: string;
}

export const ADVICE: Readonly<Record<IncidentRecord['key'], Advice>> = {
  high_memory: {
    text: 'See who holds it and whether it grows; stop or restart what can bear it before the kernel chooses.',
    view: 'processes',
    link: 'the largest processes',
  },
  high_swap_activity: {
    text: 'Processes wait for the disk to get at their own memory: make one smaller, or add memory.',
    view: 'processes',
    link: 'the largest processes',
  },
  memory_pressure: {
    text: 'Work is lost to reclaim: make a process smaller, or raise the limit of its group.',
    view: 'processes',
    link: 'the largest processes',
  },
  process_memory: {
    text: 'See which part holds it: the heap, buffers, or memory that V8 does not account for.',
    view: 'heap',
    link: 'the heap',
  },
  memory_leak: {
    text: 'Follow it to the function that allocates; a restart buys the time to the limit.',
    view: 'heap',
    link: 'who allocates',
  },
  heap_near_limit: {
    text: 'The service dies when its heap is full: see what fills it, or raise --max-old-space-size.',
    view: 'heap',
    link: 'what fills the heap',
  },
  cgroup_near_limit: {
    text: 'At the limit the kernel kills a process of the group: make one smaller, or raise the limit.',
    view: 'processes',
    link: 'the largest processes',
  },
  oom_kill: {
    text: 'The kernel has killed a process for memory: see what grew before it did.',
    view: 'now',
    link: 'memory over time',
  },
  monitoring_failure: {
    text: 'The monitor itself does not work as it should: the message says what to change.',
    view: 'settings',
    link: 'the settings',
  },
  monitoring_timeout: {
    text: 'A check took longer than it may: the machine is overloaded, or MONITORING_MAX_RUNTIME is too short.',
    view: 'settings',
    link: 'the settings',
  },
};

/** Where an incident leads: to the line, where the monitor is inside the service; to the process it names, elsewhere. */
export function leadOf(
  { key, message }: Pick<IncidentRecord, 'key' | 'message'>,
  mode: Status['mode'] | undefined,
): { readonly view: View; readonly pid?: number; readonly link: string } {
  const { view, link } = ADVICE[key];
  if (view !== 'heap' || mode !== 'agent') return { view, link };
  const [, pid] = /\[(\d+)\]/.exec(message) ?? [];
  return pid === undefined
    ? { view: 'processes', link: 'the largest processes' }
    : { view: 'process', pid: Number(pid), link: `process ${pid}` };
}
