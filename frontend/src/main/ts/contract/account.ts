/** Who is signed in, as the server says; see the REST description of /api/v1/session. */

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly role: string;
  readonly language: string | null;
  /** As stored; whatever it is, `preferencesOf` makes something usable of it. */
  readonly preferences: unknown;
  /** IANA name of the time zone in which the account's days begin; null until somebody tells it. */
  readonly zone?: string | null;
}

/** How a person likes to work; kept in the account. */
export interface Preferences {
  /** Command to `KeyboardEvent.code`, where it differs from the default. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly singleKeys?: boolean;
  readonly sourcePosition?: "middle" | "left";
  readonly theme?: "light" | "dark" | "system";
  readonly timer?: boolean;
  /** Active minutes at a stretch after which a pause is suggested; 0 for never, 50 when it was not chosen. */
  readonly pauseAfter?: number;
}

export interface SessionDocument {
  readonly account: Account;
  readonly csrf: { readonly header: string; readonly token: string } | null;
  /** Whether somebody else gave the password: everything else is refused until its owner has chosen another. */
  readonly mustChoosePassword?: boolean;
}
