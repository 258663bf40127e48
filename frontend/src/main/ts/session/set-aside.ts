import type { Database } from "../outbox/database.js";
import type { Draft, Parcel } from "../outbox/parcel.js";
import type { Outbox } from "../outbox/outbox.js";
import type { Api } from "./api.js";
import type { Desk } from "./desk.js";
import { Refused } from "./failures.js";
import type { State } from "./state.js";
import { started } from "./work.js";

/**
 * Answers whose lease was lost: drafts before they were submitted, judgements on their way. They stay in the browser's
 * store until the annotator goes on with them or dismisses them.
 */
export class SetAside {
  /** Drafts that cannot be gone on with: their pair has all its judgements. */
  private readonly closed = new Set<string>();

  constructor(
    private readonly api: Pick<Api, "renew">,
    private readonly state: State,
    private readonly desk: Desk,
    private readonly outbox: Pick<Outbox, "offerAgain" | "discard">,
    private readonly database: Pick<Database, "dropDraft">,
  ) {}

  /** Judgements whose lease was lost before they were submitted. */
  get drafts(): readonly Draft[] {
    return [...this.state.kept.values()].filter(started);
  }

  /** Judgements that the server did not take. */
  get refused(): readonly Parcel[] {
    return this.state.outgoing.refused;
  }

  get size(): number {
    return this.drafts.length + this.refused.length;
  }

  /** Whether the pair of a draft can be had no more. */
  isClosed({ id }: Draft): boolean {
    return this.closed.has(id);
  }

  /** Leaves a lost pair; its draft is kept. */
  passOn(): void {
    const work = this.state.stock?.current;
    if (work?.lost) {
      this.state.kept.set(work.draft.id, work.draft);
      if (work.lost === "complete" || work.lost === "out") {
        this.closed.add(work.draft.id);
      } else {
        this.closed.delete(work.draft.id);
      }
      this.desk.next();
    }
  }

  /** Gets a draft's pair back and goes on with it. */
  async reopen(draft: Draft): Promise<void> {
    try {
      const assignment = await this.api.renew(draft.id);
      if (this.state.stock && this.state.kept.delete(draft.id)) {
        this.desk.takeBack({ ...draft, assignment });
      }
    } catch (error) {
      if (error instanceof Refused) {
        // after a pause, or the test, the pair can be asked for again
        if (!["campaign_paused", "you_are_paused", "not_qualified"].includes(error.code)) {
          this.closed.add(draft.id);
        }
        this.state.changed();
      } else {
        this.state.tell("failed", error);
      }
    }
  }

  /** Forgets a draft; only on a person's word. */
  dismiss(draft: Draft): void {
    this.state.kept.delete(draft.id);
    this.database.dropDraft(draft.id);
    this.state.changed();
  }

  /** Offers judgements again that the server did not take; a pair's corrections go with it. */
  async offerAgain(): Promise<void> {
    try {
      await this.outbox.offerAgain((id) => this.api.renew(id));
    } catch (error) {
      if (error instanceof Refused) {
        this.state.say({ kind: "renewal-failed" });
      } else {
        this.state.tell("failed", error);
      }
    }
  }

  /** Forgets the judgements that were not counted; only on a person's word. */
  discard(): void {
    void this.outbox.discard();
  }
}
