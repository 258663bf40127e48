import type { Receipt } from "../../main/ts/contract/label.js";
import type { Draft } from "../../main/ts/outbox/parcel.js";
import { Unreachable } from "../../main/ts/session/failures.js";
import { equal, test } from "./check.js";
import { assignment, PROGRESS, settled, Table } from "./table.js";

/** A server that holds pairs for its annotator, takes each judgement once and hands out what is asked for. */
class Server {
  readonly labelled = new Set<string>();
  readonly asked: (number | undefined)[] = [];
  claims = 0;
  /** Takes the next judgement, and its answer is lost on the way. */
  loses = false;
  private readonly leases: string[];

  constructor(
    readonly table: Table,
    leases: readonly string[],
  ) {
    this.leases = [...leases];
    table.submit = async (submission, next) => {
      this.asked.push(next);
      const known = this.labelled.has(submission.assignment);
      this.labelled.add(submission.assignment);
      const assignments = next === undefined ? {} : { assignments: this.held(next) };
      if (this.loses) {
        this.loses = false;
        throw new Unreachable("cut");
      }
      return { id: submission.id, status: known ? "duplicate" : "accepted", progress: PROGRESS, ...assignments } as Receipt;
    };
    table.claim = async () => {
      this.claims++;
      return { assignments: this.held(2), progress: PROGRESS, empty: null };
    };
  }

  /** All leases there ever were. */
  get given(): number {
    return this.leases.length;
  }

  private held(count: number) {
    const open = () => this.leases.filter((id) => !this.labelled.has(id));
    while (open().length < count) {
      this.leases.push(`p${this.leases.length}`);
    }
    return open().slice(0, count).map(assignment);
  }
}

async function judge(table: Table): Promise<void> {
  table.judging.answer(0, "tie");
  table.judging.submit();
  await settled();
  table.outbox.wake();
  await settled();
}

test("the next pair comes with the acknowledgement, and nothing else is asked for", async () => {
  const table = new Table("p0", "p1");
  const server = new Server(table, ["p0", "p1"]);
  await table.outbox.start();
  await judge(table);
  await judge(table);
  // longer than the desk waits before it claims by itself
  await new Promise((done) => setTimeout(done, 250));
  equal([table.pairs, server.asked, server.claims, server.given], [["p2", "p3"], [2, 2], 0, 4]);
});

test("an acknowledgement that is lost costs neither a judgement nor a pair", async () => {
  const table = new Table("p0", "p1");
  const server = new Server(table, ["p0", "p1"]);
  await table.outbox.start();
  server.loses = true;
  await judge(table);
  await settled();
  equal([table.state.outgoing.waiting, [...server.labelled]], [1, ["p0"]]);
  table.outbox.wake();
  await settled();
  // sent again it is taken for what it is, and no more is leased than is on the desk
  equal([table.state.outgoing.waiting, table.pairs, server.given], [0, ["p1", "p2"], 3]);
});

test("where nothing comes with an acknowledgement a claim asks, and says why there is nothing", async () => {
  const table = new Table("p0");
  table.submit = async ({ id }) => ({ id, status: "accepted", progress: PROGRESS, assignments: [] });
  let claims = 0;
  table.claim = async () => {
    claims++;
    return { assignments: [], progress: PROGRESS, empty: "skipped_by_you" };
  };
  await table.outbox.start();
  await judge(table);
  equal([claims, table.stock.empty], [1, "skipped_by_you"]);
});

test("a pair that is judged while an acknowledgement is on its way is not put on the desk again by it", async () => {
  const table = new Table("p0", "p1");
  let acknowledge: () => void = () => undefined;
  table.submit = ({ id }) =>
    new Promise((resolve) => (acknowledge = () => resolve({ id, status: "accepted", progress: PROGRESS, assignments: [assignment("p1"), assignment("p2")] })));
  await table.outbox.start();
  await judge(table);
  table.judging.answer(0, "left");
  table.judging.submit();
  await settled();
  acknowledge();
  await settled();
  equal(table.pairs, ["p2"]);
});

test("with a judgement of another campaign no pair is asked for", async () => {
  const table = new Table("p0");
  const server = new Server(table, ["p0"]);
  await table.outbox.start();
  const { account } = table.state;
  const submission = { id: "x", assignment: "other", token: 1, activeMilliseconds: 0 };
  table.state.outgoing.add([{ account, campaign: "another", submission, draft: {} as Draft, sequence: 9 }]);
  table.outbox.wake();
  await settled();
  equal([server.asked, table.pairs, server.given], [[undefined], ["p0"], 1]);
});
