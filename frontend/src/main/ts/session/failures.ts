/** How a call can fail. What an answer means depends on what it is, never on what was asked. */
import type { Account } from "../contract/account.js";

/** Nothing was decided: trying again later makes sense. */
export class Undelivered extends Error {}

/** No answer came: there is no network, or it took too long. */
export class Unreachable extends Undelivered {}

/** Something answered, but not as a server does that is well. */
export class Troubled extends Undelivered {
  /** @param status of the answer; 0 when something else answered in the server's place */
  constructor(readonly status: number) {
    super(`answered with ${status}`);
  }

  /** Whether the server only asks for patience, whatever it is sent. */
  get busy(): boolean {
    return this.status === 408 || this.status === 429 || this.status === 503;
  }
}

/** Nobody is signed in here any more. */
export class SignedOut extends Undelivered {
  constructor() {
    super("nobody is signed in");
  }
}

/** Another account than the page's is signed in here. */
export class OtherAccount extends Undelivered {
  constructor(readonly account: Account) {
    super(`${account.name} is signed in`);
  }
}

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

/** An error as a failure to deliver; one that nobody expected is told to the console too. */
export function failureOf(error: unknown): Undelivered {
  if (error instanceof Undelivered) {
    return error;
  }
  console.error(error);
  return new Unreachable(String(error));
}
