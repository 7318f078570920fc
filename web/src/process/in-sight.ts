// Which rows of a long list are in sight, and a few more on either side, so that scrolling does not show them being made.
import { useEffect, useState } from 'preact/hooks';

export const ROW_HEIGHT = 36;
const MORE = 3;

export interface InSight {
  readonly first: number;
  readonly last: number;
}

/** Of `count` rows in the scrolling element; all of them where nothing scrolls. */
export function useRowsInSight(
  scroller: { readonly current: HTMLElement | null },
  count: number,
  scrolls: boolean,
): InSight {
  const [place, setPlace] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = scroller.current;
    if (!element || !scrolls) return;
    const read = () => setPlace({ top: element.scrollTop, height: element.clientHeight });
    read();
    element.addEventListener('scroll', read, { passive: true });
    const resize = new ResizeObserver(read);
    resize.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      resize.disconnect();
    };
  }, [scrolls]);
  return scrolls ? rowsInSight(place.top, place.height, count) : { first: 0, last: count };
}

export function rowsInSight(top: number, height: number, count: number): InSight {
  const first = Math.max(0, Math.min(count, Math.floor(top / ROW_HEIGHT)) - MORE);
  return { first, last: Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + MORE) };
}
