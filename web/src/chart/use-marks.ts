// What happened in the range that is shown: starts of the program and its major collections. Incidents and snapshots are added
// by the views that know of them.
import { useMemo } from 'preact/hooks';
import type { Marks } from '../../../src/api/wire.ts';
import { marksOf } from '../connection/questions.ts';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { toMarks } from './happened.ts';
import type { Mark } from './mark.ts';

const REFRESH_SECONDS = 30;

/** Of the watched process where no `pid` is named. */
export function useMarks(program: string, pid?: number): readonly Mark[] {
  const { location } = useDashboard();
  const { range } = useCell(location.route);
  const { data } = useAnswer<Marks>(marksOf(range, pid), { everySeconds: REFRESH_SECONDS });
  return useMemo(() => (data ? toMarks(data, program) : []), [data, program]);
}
