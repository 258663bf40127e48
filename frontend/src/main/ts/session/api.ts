import type {
  Assignment,
  CampaignDocument,
  Claims,
  Evidence,
  OwnLabel,
  Preferences,
  ProtocolChange,
  ProtocolVersion,
  Receipt,
  SessionDocument,
  Submission,
  WorkFigures,
} from "./contract.js";

/** After this long without an answer the network counts as gone, in milliseconds. */
const PATIENCE = 4000;

/** The server could not be reached, took too long or was unwell: trying again later makes sense. */
export class Unreachable extends Error {}

/** The server answered and said no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    /** The stable word of the problem document. */
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${status} ${code} ${detail}`);
  }
}

/** The server's annotation interface. */
export class Api {
  private csrf: { readonly header: string; readonly token: string } | null = null;

  async session(): Promise<SessionDocument> {
    const session = await this.call<SessionDocument>("GET", "/session");
    this.csrf = session.csrf;
    return session;
  }

  savePreferences(preferences: Preferences): Promise<unknown> {
    return this.call("PUT", "/session/preferences", preferences);
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

  claim(campaign: string, count: number): Promise<Claims> {
    return this.call("POST", `/annotate/campaigns/${encodeURIComponent(campaign)}/claims`, { count });
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

  submit(submission: Submission): Promise<Receipt> {
    return this.call("POST", "/annotate/labels", submission);
  }

  ownLabels(campaign: string, limit: number): Promise<readonly OwnLabel[]> {
    return this.call("GET", `/annotate/campaigns/${encodeURIComponent(campaign)}/labels?limit=${limit}`);
  }

  /** Calls the interface: JSON in, JSON out. */
  async call<T>(method: string, path: string, body?: unknown, again = true): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    if (method !== "GET" && this.csrf) {
      headers[this.csrf.header] = this.csrf.token;
    }
    let response: Response;
    let text: string;
    try {
      response = await fetch(`/api/v1${path}`, {
        method,
        headers,
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch (error) {
      throw new Unreachable(String(error));
    }
    if (response.ok) {
      return (text === "" ? null : JSON.parse(text)) as T;
    }
    if (response.status >= 500 || response.status === 429 || response.status === 408) {
      throw new Unreachable(`${response.status}`);
    }
    if (response.status === 403 && method !== "GET" && again && this.csrf) {
      // the token belongs to a session that a restart of the server ended
      await this.session();
      return this.call(method, path, body, false);
    }
    throw refusal(response.status, text);
  }
}

function refusal(status: number, text: string): Refused {
  try {
    const problem = JSON.parse(text) as { code?: string; detail?: string; title?: string };
    return new Refused(status, problem.code ?? "", problem.detail ?? problem.title ?? "");
  } catch {
    return new Refused(status, "", "");
  }
}
