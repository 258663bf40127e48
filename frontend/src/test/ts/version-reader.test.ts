import type { ProtocolChange } from "../../main/ts/contract/protocol-change.js";
import { VersionReader } from "../../main/ts/session/version-reader.js";
import { equal, test } from "./check.js";
import { PROTOCOL, settled, Table } from "./table.js";

const CHANGE: ProtocolChange = {
  from: { reference: "p-v1", version: 1, sha256: "digest", title: "" },
  to: { reference: "p-v2", version: 2, sha256: "second", title: "" },
  sections: [],
};

/** A server that asks for a second version; the test says when it answers what has to be read. */
class Server {
  readonly table = new Table();
  readonly answers: (() => void)[] = [];
  versions = 0;
  confirmed = false;
  readonly reader = new VersionReader(
    {
      campaign: async () => Promise.reject(new Error("not asked here")),
      protocol: async () => {
        this.versions++;
        return { sha256: "second", reference: "p-v2", document: PROTOCOL };
      },
      protocolChange: () => {
        // what is true when the server is asked, however late its answer comes
        const change = this.confirmed ? null : CHANGE;
        return new Promise((resolve) => this.answers.push(() => resolve(change)));
      },
      confirmGuideline: async () => {
        this.confirmed = true;
      },
    },
    this.table.state,
    () => "en",
  );

  get stands(): string {
    return this.table.state.versions.stateOf("second");
  }

  async answer(): Promise<void> {
    await settled();
    this.answers.shift()?.();
    await settled();
  }
}

test("a version that several pairs come under at once is read once", async () => {
  const server = new Server();
  void server.reader.learn("second");
  void server.reader.learn("second");
  await server.answer();
  equal([server.versions, server.answers.length, server.stands], [1, 0, "unread"]);
});

test("what was asked before a confirmation and is answered after it does not ask for it again", async () => {
  const server = new Server();
  void server.reader.learn("second");
  await server.answer();
  void server.reader.ask();
  await settled();
  await server.reader.confirm();
  equal(server.stands, "ready");
  await server.answer();
  equal(server.stands, "ready", "after the late answer");
  await server.answer();
  equal([server.stands, server.answers.length], ["ready", 0]);
});
