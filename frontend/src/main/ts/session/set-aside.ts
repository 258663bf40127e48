import type { Draft, Parcel } from "../outbox/database.js";
import type { Outbox } from "../outbox/outbox.js";
import { type Api, Refused } from "./api.js";
import type { Desk } from "./desk.js";
import type { Notice } from "./notice.js";

/** What the work set aside needs from the session around it. */
export interface SetAsideOwner {
  readonly desk: Desk | undefined;
  readonly outbox: Outbox | undefined;
  open(): void;
  say(notice: Notice): void;
  unreachable(error: unknown): void;
}

/** Answers whose lease was lost: drafts before they were submitted, judgements on their way. None is ever dropped. */
export class SetAside {
  /** Judgements whose lease was lost before they were submitted. */
  drafts: Draft[] = [];

  constructor(
    private readonly api: Api,
    private readonly owner: SetAsideOwner,
  ) {}

  /** Judgements that the server did not take. */
  get refused(): readonly Parcel[] {
    return this.owner.outbox?.refused ?? [];
  }

  /** Leaves a lost pair; its draft is kept. */
  passOn(): void {
    const desk = this.owner.desk;
    const work = desk?.current;
    if (work?.lost) {
      this.drafts = [...this.drafts, work.draft];
      desk!.next();
      this.owner.open();
    }
  }

  /** Offers judgements again whose lease ran out before they arrived; a pair's corrections go with it. */
  async offerAgain(): Promise<void> {
    try {
      await this.owner.outbox?.offerAgain((id) => this.api.renew(id));
    } catch (error) {
      if (error instanceof Refused) {
        this.owner.say({ kind: "renewal-failed" });
      } else {
        this.owner.unreachable(error);
      }
    }
  }

  /** Forgets the judgements that were not counted; only on a person's word. */
  discard(): void {
    void this.owner.outbox?.discard();
  }
}
