import { address } from "./base.js";
import { Refused, SignedOut, Troubled, Unreachable } from "./failures.js";

/** After this long without an answer the network counts as gone, in milliseconds. */
const PATIENCE = 4000;

/** Somebody else gave the account its password: nothing is decided until its owner has chosen another. */
const OWN_PASSWORD_FIRST = "own_password_first";

/** Set by the service worker on an answer that it kept. */
export const COPY = "Diptych-Copy";

/** What came back. */
export interface Answer {
  /** 0 for a redirect: the interface never redirects, so something else did. */
  readonly status: number;
  /** Whether the body is JSON or empty; all that the server itself says is. */
  readonly plain: boolean;
  readonly text: string;
  /** Whether the browser had kept it: the server could not be reached. */
  readonly copied: boolean;
}

/** Sends a request. Rejects with `Unreachable` only when nothing answers. */
export async function ask(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  try {
    const response = await fetch(address(`api/v1${path}`), {
      method,
      headers: {
        ...headers,
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      credentials: "same-origin",
      cache: "no-store",
      // followed, a redirect would bring a page, and a page may have any status
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const redirected = response.redirected || response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
    return {
      status: redirected ? 0 : response.status,
      plain: text === "" || /\bjson\b/.test(response.headers.get("Content-Type") ?? ""),
      text,
      copied: response.headers.has(COPY),
    };
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

/** Whether it has to be asked first who is signed in. */
export function doubtful(answer: Answer, method: string): boolean {
  const { status, plain } = answer;
  return (
    status === 0 ||
    (status === 401 && plain) ||
    (status === 403 && method !== "GET") ||
    (status === 403 && problemOf(answer)?.code === OWN_PASSWORD_FIRST) ||
    (status === 409 && problemOf(answer)?.code === "other_account")
  );
}

/**
 * The body of a good answer.
 *
 * @throws Refused when the server says no
 * @throws SignedOut when an own password has to be chosen first
 * @throws Troubled when the server is not well, or it was not the server
 */
export function resultOf<T>(answer: Answer): T {
  const { status, plain, text } = answer;
  if (status >= 200 && status < 300) {
    const value = plain ? parsed(text) : undefined;
    if (value === undefined) {
      throw new Troubled(0);
    }
    return value as T;
  }
  const problem = problemOf(answer);
  if (status < 400 || status >= 500 || status === 408 || status === 429 || !problem) {
    throw new Troubled(status);
  }
  if (problem.code === OWN_PASSWORD_FIRST) {
    throw new SignedOut();
  }
  throw new Refused(status, problem.code ?? "", problem.detail ?? problem.title ?? "");
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
}

/** What the server says of a refusal; undefined when it was not the server that refused. */
function problemOf({ plain, text }: Answer): Problem | undefined {
  const problem = plain ? parsed(text) : undefined;
  if (problem === undefined) {
    return undefined;
  }
  return typeof problem === "object" && problem !== null ? problem : {};
}

/** Undefined for what is not JSON; null for nothing. */
function parsed(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}
