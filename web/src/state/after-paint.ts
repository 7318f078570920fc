// What may come a frame later than the rest of a view.
import { useEffect, useState } from 'preact/hooks';

/** `make` is called when the rest is on the screen; until then there is what was made before. */
export function useAfterPaint<Made>(make: () => Made, inputs: readonly unknown[]): Made | undefined {
  const [made, setMade] = useState<Made>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setMade(make()));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, inputs);
  return made;
}
