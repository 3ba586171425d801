/** Facts on their way to the core. */
export interface Queue {
  /** Those that wait, the oldest first: event, argument, event, argument. Empty most of the time, when it takes no memory. */
  readonly items: number[];
  /** Facts that found no room; told by `status`. */
  lost: number;
}

/** Chosen: a hand on the keypad, two readers and the door at once leave half of it free. */
const SIZE = 32;

export function newQueue(): Queue {
  return { items: [], lost: 0 };
}

export function enqueue(queue: Queue, event: number, arg: number): void {
  if (queue.items.length === 2 * SIZE) {
    queue.lost = queue.lost + 1;
    return;
  }
  queue.items.push(event);
  queue.items.push(arg);
}

/** @returns the event of the oldest fact, and with the next call its argument */
export function dequeue(queue: Queue): number {
  const first = queue.items[0];
  queue.items.shift();
  return first;
}
