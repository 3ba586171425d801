let after = (): void => { return; };

export function afterCallbacks(work: () => void): void {
  after = work;
}

/** Every callback of a port ends with this. */
export function callbackEnds(): void {
  after();
}
