/**
 * One tab of a browser works on a campaign, the others say so. Without the Web Locks API (an insecure origin) every tab
 * works; the server's leases still keep each label single.
 */
export class SingleTab {
  constructor(
    private readonly name: string,
    private readonly changed: (mine: boolean) => void,
  ) {}

  /** Works here if no other tab does, else as soon as that tab is closed. */
  start(): void {
    if (!("locks" in navigator)) {
      this.changed(true);
      return;
    }
    void navigator.locks.request(this.name, { ifAvailable: true }, (lock) => {
      if (lock) {
        return this.hold();
      }
      this.changed(false);
      this.wait({});
      return undefined;
    }).catch(() => this.lost());
  }

  /** Takes the work from the other tab. */
  take(): void {
    this.wait({ steal: true });
  }

  private wait(options: LockOptions): void {
    navigator.locks.request(this.name, options, () => this.hold()).catch(() => this.lost());
  }

  /** Held until the tab is closed or another tab takes it. */
  private hold(): Promise<never> {
    this.changed(true);
    return new Promise(() => undefined);
  }

  private lost(): void {
    this.changed(false);
    this.wait({});
  }
}
