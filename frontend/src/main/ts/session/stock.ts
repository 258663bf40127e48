import type { Draft } from "../outbox/parcel.js";
import type { EmptyReason } from "../contract/assignment.js";
import type { Work } from "./work.js";

/** The pairs that are leased to the annotator: the first is judged now, the others are ready to be. */
export class Stock {
  readonly works: Work[] = [];
  /** Why there is no pair, as of the last claim. */
  empty: EmptyReason | null = null;
  /** The server answered when it was asked for pairs last. */
  looked = false;

  get current(): Work | undefined {
    return this.works[0];
  }

  /** Pairs that can be judged. */
  get held(): number {
    return this.works.filter((work) => !work.lost).length;
  }

  of(assignment: string): Work | undefined {
    return this.works.find((work) => work.draft.id === assignment);
  }

  /** Puts a pair before all others. */
  putFirst(work: Work): void {
    this.works.unshift(work);
  }

  /** Puts the pair that was judged last back before all others: its judgement is nowhere but here. */
  putBack(work: Work): void {
    const reopened = this.of(work.draft.id);
    if (reopened) {
      // somebody was faster and corrects it already; there is no label yet that the correction could replace
      const { supersedes: _, ...draft } = reopened.draft;
      reopened.draft = { ...draft, ...supersededBy(work.draft) };
      reopened.unsettled = work.unsettled;
    } else {
      this.putFirst(work);
    }
  }

  remove(work: Work | undefined): void {
    const at = work ? this.works.indexOf(work) : -1;
    if (at >= 0) {
      this.works.splice(at, 1);
    }
  }
}

function supersededBy({ supersedes }: Draft): Pick<Draft, "supersedes"> {
  return supersedes === undefined ? {} : { supersedes };
}
