import type { Lesson } from "../contract/adjudication.js";
import type { SessionDocument } from "../contract/account.js";
import type { Assignment, Claims } from "../contract/assignment.js";
import type { CampaignDocument, ProtocolVersion } from "../contract/campaign.js";
import type { Evidence } from "../contract/evidence.js";
import type { OwnLabel, Receipt, Submission } from "../contract/label.js";
import type { ProtocolChange } from "../contract/protocol-change.js";
import type { WorkFigures } from "../contract/work-figures.js";
import { OtherAccount, SignedOut, Troubled, Unreachable } from "./failures.js";
import { type Answer, ask, doubtful, resultOf } from "./answer.js";

/** Who is signed in. */
const SESSION = "/session";

/** Names the account that the page works for, so that the server can refuse to take its answers for another's. */
const ACCOUNT = "Diptych-Account";

/** The server's annotation interface. */
export class Api {
  /** Why no call leaves the page, when none does. */
  closed: SignedOut | OtherAccount | undefined;
  /** Told when `closed` has changed. */
  doorChanged: () => void = () => undefined;
  private csrf: SessionDocument["csrf"] = null;
  /** The account that the page works for: the first that was signed in. */
  private account: string | undefined;

  /**
   * Reads who is signed in, and opens or closes the door by it.
   *
   * @param copy whether an answer that the browser kept will do, when the server cannot be reached
   */
  async session(copy = false): Promise<SessionDocument> {
    const answer = await this.ask("GET", SESSION);
    if (answer.status === 401 && answer.plain) {
      throw this.close(new SignedOut());
    }
    const session = resultOf<SessionDocument>(answer);
    if (typeof session?.account?.id !== "string") {
      throw new Troubled(0);
    }
    if (answer.copied && !copy) {
      throw new Unreachable("only a copy is here");
    }
    if (this.account !== undefined && session.account.id !== this.account) {
      throw this.close(new OtherAccount(session.account));
    }
    if (session.mustChoosePassword) {
      // the page that opens at the sign-in asks for an own password; this one goes on after it
      throw this.close(new SignedOut());
    }
    this.account = session.account.id;
    this.csrf = session.csrf;
    this.close(undefined);
    return session;
  }

  /** Whether the server is well, apart from what was asked of it. */
  async well(): Promise<boolean> {
    try {
      await this.session();
      return true;
    } catch {
      return false;
    }
  }

  private close<Why extends typeof this.closed>(why: Why): Why {
    const before = this.closed;
    this.closed = why;
    if (before?.message !== why?.message) {
      this.doorChanged();
    }
    return why;
  }

  /** Saves what was chosen anew; null for what goes back to its default. Answers with all that holds now. */
  savePreferences(changes: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.call("PATCH", `${SESSION}/preferences`, changes);
  }

  /** Tells the account's time zone, by its IANA name. */
  saveZone(zone: string): Promise<unknown> {
    return this.call("PUT", `${SESSION}/zone`, { zone });
  }

  campaign(id: string): Promise<CampaignDocument> {
    return this.call("GET", `/annotate/campaigns/${encodeURIComponent(id)}`);
  }

  /** A version that a lease was given under, by its digest. */
  protocol(campaign: string, digest: string): Promise<ProtocolVersion> {
    return this.call("GET", `/annotate/campaigns/${encodeURIComponent(campaign)}/protocols/${encodeURIComponent(digest)}`);
  }

  /** What has to be read because the protocol changed; null when there is nothing. */
  protocolChange(campaign: string, language: string): Promise<ProtocolChange | null> {
    return this.call("GET", `/annotate/campaigns/${encodeURIComponent(campaign)}/protocol-change?language=${language}`);
  }

  confirmGuideline(campaign: string, protocolSha256: string): Promise<unknown> {
    return this.call("POST", `/annotate/campaigns/${encodeURIComponent(campaign)}/guideline-confirmations`, { protocolSha256 });
  }

  workFigures(campaign: string): Promise<WorkFigures> {
    return this.call("GET", `/annotate/campaigns/${encodeURIComponent(campaign)}/my-work`);
  }

  async claim(campaign: string, count: number): Promise<Claims> {
    const at = `/annotate/campaigns/${encodeURIComponent(campaign)}/claims`;
    const claims = await this.call<Claims | null>("POST", at, { count });
    if (!Array.isArray(claims?.assignments)) {
      throw new Troubled(0);
    }
    return claims;
  }

  heartbeat(assignment: string, token: number): Promise<{ readonly expiresAt: string }> {
    return this.call("POST", `/annotate/assignments/${encodeURIComponent(assignment)}/heartbeat`, { token });
  }

  renew(assignment: string): Promise<Assignment> {
    return this.call("POST", `/annotate/assignments/${encodeURIComponent(assignment)}/renewal`, {});
  }

  evidence(assignment: string): Promise<Evidence> {
    return this.call("GET", `/annotate/assignments/${encodeURIComponent(assignment)}/evidence`);
  }

  /**
   * Resolves only with the server's own acknowledgement of this submission.
   *
   * @param next how many pairs to hold afterwards; the acknowledgement brings them, where it can
   */
  async submit(submission: Submission, next?: number): Promise<Receipt> {
    const query = next === undefined ? "" : `?next=${next}`;
    const receipt = await this.call<Receipt | null>("POST", `/annotate/labels${query}`, submission);
    if (receipt?.id !== submission.id) {
      throw new Troubled(0);
    }
    return receipt;
  }

  lessons(campaign: string): Promise<readonly Lesson[]> {
    return this.call("GET", `/annotate/campaigns/${encodeURIComponent(campaign)}/lessons`);
  }

  object(campaign: string, verdict: string, words: string): Promise<unknown> {
    const at = `/annotate/campaigns/${encodeURIComponent(campaign)}/lessons/${encodeURIComponent(verdict)}/objection`;
    return this.call("POST", at, { words });
  }

  ownLabels(campaign: string, limit: number): Promise<readonly OwnLabel[]> {
    return this.call("GET", `/annotate/campaigns/${encodeURIComponent(campaign)}/labels?limit=${limit}`);
  }

  /**
   * Calls the interface: JSON in, JSON out. While nobody is signed in, or another account than the page's, no call leaves
   * the page; only `session` does.
   */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    if (this.closed) {
      throw this.closed;
    }
    const first = await this.ask(method, path, body);
    if (!doubtful(first, method)) {
      return resultOf(first);
    }
    // signed out, or the token belongs to a session that has ended, or something else answers in the server's place
    await this.session();
    const second = await this.ask(method, path, body);
    if (second.status !== 403 && doubtful(second, method)) {
      throw new Troubled(second.status);
    }
    return resultOf(second);
  }

  private ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (method !== "GET" && this.csrf) {
      headers[this.csrf.header] = this.csrf.token;
    }
    if (this.account !== undefined && path !== SESSION) {
      headers[ACCOUNT] = this.account;
    }
    return ask(method, path, headers, body);
  }
}
