/** A rest of this length begins a new stretch of work, in milliseconds. */
const REST = 5 * 60_000;

/** How long somebody has worked without a rest of five minutes. Times in milliseconds. */
export class Stretch {
  private began: number | undefined;
  private last = 0;

  input(now: number): void {
    if (this.began === undefined || now - this.last > REST) {
      this.began = now;
    }
    this.last = now;
  }

  read(now: number): number {
    return this.began === undefined || now - this.last > REST ? 0 : this.last - this.began;
  }
}
