/**
 * How far a container's log has been read, by the timestamps that Kubernetes puts before the lines. A log can be read again
 * only from a whole second on, so what was read of the last second is remembered.
 */
export class LogPosition {
  #second = Number.NEGATIVE_INFINITY;
  /** How often each timestamp of the last second was read. */
  #read = new Map<string, number>();
  #again = new Map<string, number>();

  /** The `sinceTime` that misses nothing. */
  get since(): string | undefined {
    return Number.isFinite(this.#second) ? new Date(this.#second * 1000).toISOString() : undefined;
  }

  /** From now on come lines after `since`. */
  resume(): void {
    this.#again = new Map(this.#read);
  }

  /** The line without its timestamp; undefined if it was read before, or is not the container's. */
  take(line: string): string | undefined {
    const [stamp] = line.split(" ", 1);
    const second = Math.floor(Date.parse(stamp ?? "") / 1000);
    if (stamp === undefined || Number.isNaN(second)) return undefined;
    const again = this.#again.get(stamp) ?? 0;
    if (again > 0) {
      this.#again.set(stamp, again - 1);
      return undefined;
    }
    this.#remember(second, stamp);
    return line.slice(stamp.length + 1);
  }

  #remember(second: number, stamp: string): void {
    // Output and errors are stamped apart, so a line may be a little older than the one before.
    if (second < this.#second) return;
    if (second > this.#second) this.#read.clear();
    this.#second = second;
    this.#read.set(stamp, (this.#read.get(stamp) ?? 0) + 1);
  }
}
