// The few largest of many scores, without sorting them all: a heap of the candidates with the least of them on top, which
// most scores do not get past.

/** Indices of the `count` largest scores of at least `atLeast`, the largest first; among equals the first to come. */
export function largest(scores: Float64Array, count: number, atLeast: number): readonly number[] {
  if (count <= 0) return [];
  const heap: number[] = [];
  for (let index = 0; index < scores.length; index += 1) {
    const score = scores[index] as number;
    if (!(score >= atLeast)) continue;
    if (heap.length < count) siftUp(heap, scores, heap.push(index) - 1);
    else if (score > (scores[heap[0] as number] as number)) {
      heap[0] = index;
      siftDown(heap, scores);
    }
  }
  return heap.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

/** Whether index `a` is to leave before index `b`. */
function isLess(scores: Float64Array, a: number, b: number): boolean {
  const difference = (scores[a] as number) - (scores[b] as number);
  return difference < 0 || (difference === 0 && a > b);
}

function siftUp(heap: number[], scores: Float64Array, start: number): void {
  let at = start;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isLess(scores, heap[at] as number, heap[parent] as number)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function siftDown(heap: number[], scores: Float64Array): void {
  for (let at = 0; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2])
      if (child < heap.length && isLess(scores, heap[child] as number, heap[least] as number)) least = child;
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function swap(heap: number[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b] as number, heap[a] as number];
}
