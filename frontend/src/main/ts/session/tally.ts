/** What an annotator did in this page. Times in milliseconds. */
export class Tally {
  judged = 0;
  private spent = 0;

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
}
