/** What a chip does when a callback of a port has ended: the same on each interpreter, which runs one lock. */
let after = (): void => { return; };

export function afterCallbacks(work: () => void): void {
  after = work;
}

/** Every callback of a port ends with this. */
export function callbackEnds(): void {
  after();
}
