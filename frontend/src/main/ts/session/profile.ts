import type { Api } from "./api.js";
import type { Account, Preferences } from "./contract.js";

/** Who is signed in, and how they like to work; kept in the account. */
export class Profile {
  preferences: Preferences = {};
  private person: Account | undefined;

  constructor(
    private readonly api: Api,
    private readonly changed: () => void,
    private readonly unsaved: () => void,
  ) {}

  async read(): Promise<void> {
    const { account } = await this.api.session();
    this.person = account;
    this.preferences = account.preferences ?? {};
  }

  get owner(): Account | undefined {
    return this.person;
  }

  /** The account's id; empty before it is known. */
  get account(): string {
    return this.person?.id ?? "";
  }

  prefer(change: Preferences): void {
    this.preferences = { ...this.preferences, ...change };
    this.api.savePreferences(this.preferences).catch(this.unsaved);
    this.changed();
  }
}
