import { type Answers, type Cell, cellsOf, fromSubmitted, missing, nextOpen, toSubmitted, valuesOf } from "../answer/answers.js";
import type { Protocol } from "../answer/protocol.js";
import type { Decision, DisputedPair, WaitingPair, WaitingPairs } from "../contract/adjudication.js";
import { Api } from "../session/api.js";
import { Refused } from "../session/failures.js";

/** What is about to be decided of a pair; kept while another one is looked at. */
export interface Draft {
  answers: Answers;
  reason: string;
  gold: boolean;
  /** The cell that digits answer. */
  cursor: number;
}

/** What to say, by key; `detail` is what the server said. */
export interface Said {
  readonly key: "adjudicate_decided" | "adjudicate_asked" | "adjudicate_missing" | "adjudicate_refused" | "adjudicate_failed";
  readonly detail?: string;
  /** The pair that it is about. */
  readonly pair?: string;
}

/** The pairs that wait, the one that is open, and what was entered. */
export class Docket {
  list: readonly WaitingPair[] = [];
  waiting = 0;
  protocol: Protocol | undefined;
  cells: readonly Cell[] = [];
  open: DisputedPair | undefined;
  said: Said | undefined;
  /** Whether the reason is what is wrong. */
  reasonMissing = false;
  /** Whether the list came; until it did, nothing is known of what waits. */
  ready = false;
  busy = false;
  readonly api = new Api();
  private readonly drafts = new Map<string, Draft>();
  private protocolSha256 = "";

  constructor(
    private readonly campaign: string,
    private readonly changed: () => void,
  ) {}

  get draft(): Draft {
    const id = this.open?.pair ?? "";
    const kept = this.drafts.get(id);
    if (kept) {
      return kept;
    }
    const verdict = this.open?.verdict;
    const draft: Draft = {
      // a verdict of another version may not fit the questions
      answers: verdict && verdict.protocol === this.open?.protocol ? fromSubmitted(verdict.answers) : {},
      reason: "",
      gold: false,
      cursor: 0,
    };
    this.drafts.set(id, draft);
    return draft;
  }

  private get path(): string {
    return `/campaigns/${encodeURIComponent(this.campaign)}/adjudications`;
  }

  /** Reads who is signed in and what waits, and opens a pair: the wanted one, else the first. */
  async start(wanted: string): Promise<void> {
    await this.attempt(async () => {
      this.said = undefined;
      await this.api.session();
      await this.reload();
      this.ready = true;
      const first = wanted || this.list[0]?.pair;
      if (first) {
        await this.read(first);
      }
    });
  }

  private async reload(): Promise<void> {
    const { waiting, protocol, pairs } = await this.api.call<WaitingPairs>("GET", `${this.path}?limit=50`);
    this.waiting = waiting;
    this.list = pairs;
    if (protocol.sha256 !== this.protocolSha256) {
      this.protocolSha256 = protocol.sha256;
      this.protocol = protocol.document;
      this.cells = cellsOf(protocol.document);
      this.drafts.clear();
    }
  }

  private async read(pair: string): Promise<void> {
    this.open = await this.api.call<DisputedPair>("GET", `${this.path}/${encodeURIComponent(pair)}`);
    this.reasonMissing = false;
    if (this.open.protocolSha256 !== this.protocolSha256) {
      await this.reload();
    }
  }

  async show(pair: string): Promise<void> {
    this.said = undefined;
    await this.attempt(() => this.read(pair));
  }

  /** Opens the next or the one before in the list. */
  async move(step: number): Promise<void> {
    const at = this.list.findIndex(({ pair }) => pair === this.open?.pair);
    const next = this.list[at < 0 ? 0 : at + step];
    if (next && next.pair !== this.open?.pair) {
      await this.show(next.pair);
    }
  }

  get decidable(): boolean {
    return this.open !== undefined && !this.open.own && this.open.answers.length > 0;
  }

  /** Gold is not made of a pair on which somebody was asked for one more opinion. */
  get goldable(): boolean {
    return this.decidable && !this.open!.asked;
  }

  answer(index: number, value: number | string): void {
    const cell = this.cells[index];
    if (!cell || !this.decidable) {
      return;
    }
    const { draft } = this;
    draft.answers = { ...draft.answers, [cell.key]: value };
    draft.cursor = nextOpen(this.cells, draft.answers, index) ?? index;
    this.said = undefined;
    this.changed();
  }

  /** Answers the pointed cell with the n-th value. */
  digit(n: number): boolean {
    const { cursor } = this.draft;
    const cell = this.cells[cursor];
    const value = this.protocol && cell ? valuesOf(this.protocol, cell)[n - 1] : undefined;
    if (value === undefined) {
      return false;
    }
    this.answer(cursor, value);
    return true;
  }

  point(index: number): void {
    this.draft.cursor = index;
    this.changed();
  }

  async decide(): Promise<void> {
    const { open, draft, protocol } = this;
    if (!open || !protocol || this.busy || !this.decidable) {
      return;
    }
    const unanswered = missing(this.cells, draft.answers)[0];
    if (unanswered) {
      draft.cursor = this.cells.indexOf(unanswered);
      this.say({ key: "adjudicate_missing" });
      return;
    }
    const decision: Decision = {
      protocolSha256: open.protocolSha256,
      supersedes: open.verdict?.id ?? null,
      answers: toSubmitted(protocol, draft.answers),
      reason: draft.reason,
      gold: draft.gold,
    };
    await this.leave(open.pair, "adjudicate_decided", () => this.api.call("POST", `${this.path}/${open.pair}`, decision));
  }

  async askOneMore(): Promise<void> {
    const { open } = this;
    if (open && !this.busy && this.decidable && !open.asked) {
      await this.leave(open.pair, "adjudicate_asked", () => this.api.call("POST", `${this.path}/${open.pair}/opinions`, {}));
    }
  }

  /** Does something that ends the work on a pair, and goes on with the next. */
  private async leave(pair: string, key: Said["key"], work: () => Promise<unknown>): Promise<void> {
    await this.attempt(async () => {
      await work();
      this.drafts.delete(pair);
      const at = this.list.findIndex((each) => each.pair === pair);
      await this.reload();
      const next = this.list[Math.max(0, Math.min(at, this.list.length - 1))];
      if (next) {
        await this.read(next.pair);
      } else {
        this.open = undefined;
      }
      this.said = { key, pair };
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.changed();
    try {
      await work();
    } catch (error) {
      await this.refused(error);
    }
    this.busy = false;
    this.changed();
  }

  private async refused(error: unknown): Promise<void> {
    if (!(error instanceof Refused)) {
      this.said = { key: "adjudicate_failed" };
      return;
    }
    const { code, detail } = error;
    this.reasonMissing = code === "reason_required" || code === "invalid_text";
    this.said = { key: "adjudicate_refused", detail };
    if (this.open && (code === "changed_meanwhile" || code === "protocol_moved")) {
      // what was entered stays; what the others did is read
      await this.read(this.open.pair).catch(() => undefined);
    }
  }

  say(said: Said): void {
    this.said = said;
    this.changed();
  }
}
