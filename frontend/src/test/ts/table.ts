import type { Protocol } from "../../main/ts/answer/protocol.js";
import type { Assignment, Claims } from "../../main/ts/contract/assignment.js";
import type { Progress } from "../../main/ts/contract/campaign.js";
import type { Receipt, Submission } from "../../main/ts/contract/label.js";
import type { Draft, Parcel } from "../../main/ts/outbox/parcel.js";
import { StoreFailure } from "../../main/ts/outbox/handle.js";
import { Outbox } from "../../main/ts/outbox/outbox.js";
import { AttentionWatch, NO_ATTENTION } from "../../main/ts/session/attention.js";
import { Desk } from "../../main/ts/session/desk.js";
import type { SignedOut } from "../../main/ts/session/failures.js";
import { Judging } from "../../main/ts/session/judging.js";
import type { Notice } from "../../main/ts/session/notice.js";
import { SetAside } from "../../main/ts/session/set-aside.js";
import { State } from "../../main/ts/session/state.js";
import { Stock } from "../../main/ts/session/stock.js";
import { Terms } from "../../main/ts/session/terms.js";

export const PROTOCOL: Protocol = {
  id: "p",
  version: 1,
  mode: "comparison",
  title: { en: "" },
  purpose: { en: "" },
  dimensions: [{ id: "overall", title: { en: "" }, short: { en: "" }, question: { en: "" } }],
  skip_reasons: [],
  guideline: { en: "" },
};

export const PROGRESS: Progress = { mine: 0, today: 0, open: 0, wanted: 9, filled: 0 };

export const assignment = (id: string): Assignment => ({
  ...({ id, token: 1, instruction: "", category: null, protocolSha256: "digest" } as Assignment),
  expiresAt: "2031-05-01T00:20:00Z",
  serverTime: "2031-05-01T00:00:00Z",
});

export const draft = (id: string, change: Partial<Draft> = {}): Draft => ({
  ...{ id, account: "a", campaign: "c", assignment: assignment(id), answers: {}, comment: "", flagged: false, attention: NO_ATTENTION },
  ...change,
});

/** A session with pairs on its desk, a server and a store of which a test says what they do. */
export class Table {
  readonly store = { failing: false, writing: false };
  /** The store refuses to write; that it does is known after the first time. */
  full = false;
  readonly door: { closed: SignedOut | undefined } = { closed: undefined };
  readonly state = new State("c", this.store, this.door);
  readonly stock = new Stock();
  readonly sent: Submission[] = [];
  readonly stored: Parcel[] = [];
  readonly said: Notice["kind"][] = [];
  /** Drafts that were forgotten. */
  readonly dropped: string[] = [];
  submit: (submission: Submission, next?: number) => Promise<Receipt> = async ({ id }) => ({ id, status: "accepted", progress: PROGRESS });
  claim: () => Promise<Claims> = async () => ({ assignments: [], progress: PROGRESS, empty: "all_labelled" });
  heartbeat: () => Promise<{ expiresAt: string }> = async () => ({ expiresAt: "" });
  renew: (id: string) => Promise<Assignment> = async (id) => assignment(id);
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly judging: Judging;
  readonly setAside: SetAside;

  constructor(...pairs: string[]) {
    const { state } = this;
    const terms = new Terms({ id: "c", name: "", prefetch: 2, leaseSeconds: 60 }, { sha256: "digest", reference: "", document: PROTOCOL });
    state.account = "a";
    state.versions.latest = terms;
    state.versions.learn(terms);
    state.stock = this.stock;
    this.stock.looked = true;
    this.stock.works.push(...pairs.map((id) => ({ draft: draft(id), deadline: Date.now() + 60_000, cursor: 0 })));
    state.on("notice", ({ kind }) => this.said.push(kind));
    const database = {
      enqueue: async (parcel: Parcel) => {
        if (this.full) {
          this.store.failing = true;
          throw new StoreFailure("full");
        }
        return this.stored.push(parcel);
      },
      updateParcel: async () => undefined,
      deleteParcel: async () => undefined,
      parcels: async () => [],
      keepDraft: () => undefined,
      dropDraft: (id: string) => void this.dropped.push(id),
    };
    const api = {
      submit: (submission: Submission, next?: number) => {
        this.sent.push(submission);
        return this.submit(submission, next);
      },
      well: async () => true,
      claim: () => this.claim(),
      heartbeat: () => this.heartbeat(),
      renew: (id: string) => this.renew(id),
    };
    this.desk = new Desk(api, state);
    const outbox = (this.outbox = new Outbox(database, api, state, this.desk));
    this.judging = new Judging(state, new AttentionWatch(() => true), this.desk, outbox, database);
    this.setAside = new SetAside(api, state, this.desk, outbox, database);
  }

  get pairs(): string[] {
    return this.stock.works.map((work) => work.draft.id);
  }
}

/** All that was begun has happened. */
export const settled = () => new Promise((done) => setTimeout(done, 10));
