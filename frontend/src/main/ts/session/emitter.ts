/** Tells whoever listens what happened, in the order in which they began to listen; one that fails stops nobody else. */
export class Emitter<Events extends object> {
  private readonly target = new EventTarget();

  /** Returns what ends the listening. */
  on<Kind extends keyof Events & string>(kind: Kind, listener: (what: Events[Kind]) => void): () => void {
    const heard = (event: Event) => listener((event as CustomEvent<Events[Kind]>).detail);
    this.target.addEventListener(kind, heard);
    return () => this.target.removeEventListener(kind, heard);
  }

  tell<Kind extends keyof Events & string>(kind: Kind, what: Events[Kind]): void {
    this.target.dispatchEvent(new CustomEvent(kind, { detail: what }));
  }
}
