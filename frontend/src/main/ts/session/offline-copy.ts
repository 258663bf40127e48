import { type Needs, SESSION } from "../offline/rules.js";
import type { Database } from "../outbox/database.js";
import type { Draft } from "../outbox/parcel.js";
import { address } from "./base.js";
import type { Work } from "./work.js";
import { picturesOf } from "./picture-address.js";

/** Its folder is the part of the site that it may serve. */
const WORKER = "annotate/worker.js";

/** A lease's end is written again when it is this much later, in milliseconds: drafts are to be saved without waiting. */
const STALE = 60_000;

/**
 * What a reload without a network needs: the pairs on the desk go to the browser's own store, and the service worker is
 * told which answers and pictures to have at hand. Browsers offer service workers to secure pages only; without one the
 * pairs are still there when the page comes back.
 */
export class OfflineCopy {
  private told = "";
  private places = 0;

  constructor(
    private readonly database: Database,
    private readonly campaign: string,
    /** The addresses of what the worked examples show, in the training and in the guideline. */
    private readonly examples: readonly string[],
  ) {}

  /** The pairs on the desk changed. */
  keep(works: readonly Work[]): void {
    this.places = Math.max(this.places, ...works.map(({ draft }) => draft.lease?.place ?? 0));
    for (const work of works) {
      const { draft, deadline } = work;
      const stale = draft.lease === undefined || deadline - draft.lease.deadline > STALE;
      if (stale && !work.lost && draft.supersedes === undefined && Number.isFinite(deadline)) {
        work.draft = { ...draft, lease: { deadline, place: draft.lease?.place ?? ++this.places } };
        this.database.keepDraft(work.draft);
      }
    }
    const pictures = [...new Set([...works.flatMap((work) => picturesOf(work.draft.assignment)), ...this.examples])];
    const wish = pictures.join();
    if (wish !== this.told) {
      const campaign = address(`api/v1/annotate/campaigns/${this.campaign}`);
      const data = this.told === "" ? [address(SESSION), campaign, `${campaign}/qualification`] : undefined;
      this.told = wish;
      void this.tell({ pictures, ...(data ? { data } : {}) });
    }
  }

  /** Everything is to be had at hand again: the browser forgot it when nobody was signed in. */
  renew(works: readonly Work[]): void {
    this.told = "";
    this.keep(works);
  }

  /** Forgets pairs that were leased to an earlier page and are not any more, and that nobody has begun to judge. */
  forget(drafts: readonly Draft[]): void {
    drafts.forEach((draft) => this.database.dropDraft(draft.id));
  }

  private async tell(needs: Needs): Promise<void> {
    try {
      await navigator.serviceWorker?.register(address(WORKER));
      (await navigator.serviceWorker?.ready)?.active?.postMessage(needs);
    } catch {
      // it is there for the day without a network; that it cannot be had stops nothing
    }
  }
}
