import type { Database, Draft, Parcel } from "../outbox/database.js";
import type { Outbox } from "../outbox/outbox.js";
import type { Api } from "./api.js";
import type { Desk } from "./desk.js";
import { Refused } from "./failures.js";
import type { Notice } from "./notice.js";
import { started } from "./work.js";

/** What the work set aside needs from the session around it. */
export interface SetAsideOwner {
  readonly desk: Desk | undefined;
  readonly outbox: Outbox | undefined;
  readonly database: Database;
  open(): void;
  changed(): void;
  say(notice: Notice): void;
  unreachable(error: unknown): void;
}

/**
 * Answers whose lease was lost: drafts before they were submitted, judgements on their way. They stay in the browser's
 * store until the annotator goes on with them or dismisses them.
 */
export class SetAside {
  /** Drafts of pairs that are not on the desk, by assignment. The desk takes from here what comes back by itself. */
  kept = new Map<string, Draft>();
  /** Drafts that cannot be gone on with: their pair has all its judgements. */
  private readonly closed = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly owner: SetAsideOwner,
  ) {}

  /** Judgements whose lease was lost before they were submitted. */
  get drafts(): readonly Draft[] {
    return [...this.kept.values()].filter(started);
  }

  /** Judgements that the server did not take. */
  get refused(): readonly Parcel[] {
    return this.owner.outbox?.refused ?? [];
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
    const desk = this.owner.desk;
    const work = desk?.current;
    if (work?.lost) {
      this.kept.set(work.draft.id, work.draft);
      if (work.lost === "complete") {
        this.closed.add(work.draft.id);
      } else {
        this.closed.delete(work.draft.id);
      }
      desk!.next();
      this.owner.open();
    }
  }

  /** Gets a draft's pair back and goes on with it. */
  async reopen(draft: Draft): Promise<void> {
    try {
      const assignment = await this.api.renew(draft.id);
      if (this.owner.desk && this.kept.delete(draft.id)) {
        this.owner.desk.takeBack({ ...draft, assignment });
        this.owner.open();
      }
    } catch (error) {
      if (error instanceof Refused) {
        this.closed.add(draft.id);
        this.owner.changed();
      } else {
        this.owner.unreachable(error);
      }
    }
  }

  /** Forgets a draft; only on a person's word. */
  dismiss(draft: Draft): void {
    this.kept.delete(draft.id);
    this.owner.database.dropDraft(draft.id);
    this.owner.changed();
  }

  /** Offers judgements again that the server did not take; a pair's corrections go with it. */
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
