/**
 * How far a container's log has been read, by the timestamps that Kubernetes puts before the lines. A log can be read again
 * only from a whole second on, and its two streams are stamped apart: what was read of the last two seconds is remembered.
 */
export class LogPosition {
  #last = Number.NEGATIVE_INFINITY;
  /** How often each timestamp of those two seconds was read. */
  readonly #read = new Map<string, number>();
  #again = new Map<string, number>();

  /** The `sinceTime` that misses nothing. */
  get since(): string | undefined {
    return Number.isFinite(this.#last) ? new Date((this.#last - 1) * 1000).toISOString() : undefined;
  }

  /** From now on come lines after `since`. */
  resume(): void {
    this.#again = new Map(this.#read);
  }

  /** The line without its timestamp; undefined if it was read before, or is not the container's. */
  take(line: string): string | undefined {
    const [stamp = ""] = line.split(" ", 1);
    const second = secondOf(stamp);
    if (Number.isNaN(second)) return undefined;
    const again = this.#again.get(stamp) ?? 0;
    if (again > 0) {
      this.#again.set(stamp, again - 1);
      return undefined;
    }
    this.#remember(second, stamp);
    return line.slice(stamp.length + 1);
  }

  #remember(second: number, stamp: string): void {
    if (second > this.#last) {
      this.#last = second;
      for (const known of this.#read.keys()) if (secondOf(known) < second - 1) this.#read.delete(known);
    }
    if (second >= this.#last - 1) this.#read.set(stamp, (this.#read.get(stamp) ?? 0) + 1);
  }
}

function secondOf(stamp: string): number {
  return Math.floor(Date.parse(stamp) / 1000);
}
