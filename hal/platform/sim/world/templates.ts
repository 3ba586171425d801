/** Templates a sensor module holds. */
export const templateCapacity = 50;

/** The memory of one sensor module: template number (0 to 49) → whose finger, hand or face it is. */
export class TemplateMemory {
  private readonly identities = new Map<number, number>();
  onChange: () => void = () => undefined;

  constructor(entries: readonly [number, number][] = []) {
    for (const [template, identity] of entries) this.identities.set(template, identity);
  }

  get full(): boolean {
    return this.identities.size >= templateCapacity;
  }

  /** @returns the template number, -1 if this identity is not enrolled. */
  find(identity: number): number {
    for (const [template, owner] of this.identities) if (owner === identity) return template;
    return -1;
  }

  /** @returns the lowest free template number. */
  add(identity: number): number {
    let template = 0;
    while (this.identities.has(template)) template++;
    this.identities.set(template, identity);
    this.onChange();
    return template;
  }

  remove(template: number): void {
    if (this.identities.delete(template)) this.onChange();
  }

  clear(): void {
    this.identities.clear();
    this.onChange();
  }

  /** Ascending by template number. */
  entries(): [number, number][] {
    return [...this.identities].sort((a, b) => a[0] - b[0]);
  }
}
