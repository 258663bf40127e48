import type { Api } from "./api.js";
import type { Account, Preferences } from "../contract/account.js";
import { DEFAULT_STRETCH } from "./pause-clock.js";
import { changesOf, preferencesOf } from "./preferences.js";

/** Who is signed in, and how they like to work; kept in the account. */
export class Profile {
  preferences: Preferences = {};
  private person: Account | undefined;
  private wishes = 0;

  constructor(
    private readonly api: Api,
    private readonly changed: () => void,
    private readonly unsaved: () => void,
  ) {}

  /** Reads the account; without the server, as it was when it was read last. */
  async read(): Promise<void> {
    const { account } = await this.api.session(true);
    this.person = account;
    this.preferences = preferencesOf(account.preferences);
    if (account.zone === null) {
      void this.api.saveZone(Intl.DateTimeFormat().resolvedOptions().timeZone).catch(() => undefined);
    }
  }

  get owner(): Account | undefined {
    return this.person;
  }

  /** The account's id; empty before it is known. */
  get account(): string {
    return this.person?.id ?? "";
  }

  /** What the person is called. */
  get name(): string {
    return this.person ? nameOf(this.person) : "";
  }

  /** Whether keys do something by themselves. */
  get singleKeys(): boolean {
    return this.preferences.singleKeys !== false;
  }

  /** Minutes at a stretch after which a pause is suggested; 0 for never. */
  get stretch(): number {
    return this.preferences.pauseAfter ?? DEFAULT_STRETCH;
  }

  /** The time zone of the account's days, where it is known and this browser knows it. */
  get zone(): string | undefined {
    const zone = this.person?.zone ?? undefined;
    try {
      return zone && new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  }

  /** Chooses something anew, here at once and in the account; what was chosen elsewhere stays. */
  prefer(change: Preferences): void {
    const changes = changesOf(this.preferences, change);
    const wish = ++this.wishes;
    this.preferences = { ...this.preferences, ...change };
    this.api.savePreferences(changes).then(
      (all) => {
        // an answer to an earlier wish knows nothing of the later ones
        if (all !== null && wish === this.wishes) {
          this.preferences = preferencesOf(all);
          this.changed();
        }
      },
      () => this.unsaved(),
    );
    this.changed();
  }
}

export function nameOf({ displayName, name }: Account): string {
  return displayName || name;
}
