/** What is due when. A thousand jobs are as quick to keep in order as ten: a binary heap, the soonest on top. */
export interface DueTimes<Item> {
  add(at: number, item: Item): void;
  first(): Due<Item> | undefined;
  removeFirst(): void;
}

export interface Due<Item> {
  readonly at: number;
  readonly item: Item;
}

export function createDueTimes<Item>(): DueTimes<Item> {
  // Each entry is due no sooner than the one at half its place.
  const heap: Due<Item>[] = [];
  const atOf = (place: number) => heap[place]?.at ?? Infinity;
  const swap = (one: number, other: number) => {
    [heap[one], heap[other]] = [heap[other] as Due<Item>, heap[one] as Due<Item>];
  };

  return {
    add(at, item) {
      let place = heap.push({ at, item }) - 1;
      for (let above = (place - 1) >> 1; 0 < place && at < atOf(above); above = (place - 1) >> 1) {
        swap(place, above);
        place = above;
      }
    },
    first: () => heap[0],
    removeFirst() {
      const last = heap.pop();
      if (!last || heap.length === 0) return;
      heap[0] = last;
      for (let place = 0; ;) {
        const left = 2 * place + 1;
        const sooner = atOf(left + 1) < atOf(left) ? left + 1 : left;
        if (last.at <= atOf(sooner)) return;
        swap(place, sooner);
        place = sooner;
      }
    },
  };
}
