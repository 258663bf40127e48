/** A rest of this length begins a new stretch of work, in milliseconds. */
const REST = 5 * 60_000;

/** What an annotator did in this page: judgements, their pace, and how long without a rest. Times in milliseconds. */
export class Tally {
  judged = 0;
  private spent = 0;
  private began: number | undefined;
  private last = 0;

  add(active: number): void {
    this.judged++;
    this.spent += active;
  }

  remove(active: number): void {
    this.judged = Math.max(0, this.judged - 1);
    this.spent = Math.max(0, this.spent - active);
  }

  /** Active time of all judgements. */
  get active(): number {
    return this.spent;
  }

  /** Mean active time of a judgement. */
  get pace(): number {
    return this.judged === 0 ? 0 : this.spent / this.judged;
  }

  /** Somebody did something. */
  input(now: number): void {
    if (this.began === undefined || now - this.last > REST) {
      this.began = now;
    }
    this.last = now;
  }

  /** Time worked without a rest of five minutes. */
  stretch(now: number): number {
    return this.began === undefined || now - this.last > REST ? 0 : this.last - this.began;
  }
}
