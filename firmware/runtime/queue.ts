/** Facts on their way to the core: a fixed ring of pairs of integers. */
export interface Queue {
  readonly items: number[];
  head: number;
  count: number;
  /** Facts that found no room; told by `status`. */
  lost: number;
}

/** Chosen: a hand on the keypad, two readers and the door at once leave half of it free. */
const SIZE = 32;

export function newQueue(): Queue {
  const items: number[] = [];
  for (let i = 0; i < 2 * SIZE; i++) items.push(0);
  return { items, head: 0, count: 0, lost: 0 };
}

export function enqueue(queue: Queue, event: number, arg: number): void {
  if (queue.count === SIZE) {
    queue.lost = queue.lost + 1;
    return;
  }
  const at = 2 * ((queue.head + queue.count) % SIZE);
  queue.items[at] = event;
  queue.items[at + 1] = arg;
  queue.count = queue.count + 1;
}

/** The event at the head. */
export function headEvent(queue: Queue): number {
  return queue.items[2 * queue.head];
}

export function headArg(queue: Queue): number {
  return queue.items[2 * queue.head + 1];
}

export function dequeue(queue: Queue): void {
  queue.head = (queue.head + 1) % SIZE;
  queue.count = queue.count - 1;
}
