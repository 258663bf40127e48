/** The browser's own store of answers, over IndexedDB. */
import { Handle, settled } from "./handle.js";
import type { Draft, Parcel } from "./parcel.js";

type Store = "drafts" | "outbox";

/**
 * Drafts and judgements, each of one account. A promise to write is kept only when the transaction has committed. When a
 * write fails, the store is opened again and the write is tried once more; what fails then rejects with `StoreFailure`.
 */
export class Database {
  /** Told when `failing` or `writing` changed. */
  changed: () => void = () => undefined;
  private writes = 0;
  private failed = false;
  private readonly handle: Handle;

  /** The opening of the store that was last written to. */
  private opening = 1;

  /** @param reopened told when the store was opened anew and can be written: somebody may have emptied it */
  constructor(
    name: string,
    private readonly reopened: () => void,
  ) {
    this.handle = new Handle(name, (database) => {
      database.createObjectStore("drafts", { keyPath: "id" });
      database.createObjectStore("outbox", { keyPath: "sequence", autoIncrement: true });
    });
  }

  /** Whether the last write was refused: what is typed now is not stored. */
  get failing(): boolean {
    return this.failed;
  }

  /** Whether something was given to the store that has not committed yet. */
  get writing(): boolean {
    return this.writes > 0;
  }

  drafts(account: string, campaign: string): Promise<Draft[]> {
    return this.all<Draft>("drafts").then((drafts) =>
      drafts.filter((draft) => draft.account === account && draft.campaign === campaign),
    );
  }

  /** Keeps a draft; that it could not be kept is seen in `failing`. */
  keepDraft(draft: Draft): void {
    this.write(["drafts"], "default", (store) => store("drafts").put(draft)).catch(() => undefined);
  }

  /** Forgets a draft. */
  dropDraft(id: string): void {
    this.erase("drafts", id).catch(() => undefined);
  }

  /** In order of sending. */
  parcels(account: string): Promise<Parcel[]> {
    return this.all<Parcel>("outbox").then((parcels) => parcels.filter((parcel) => parcel.account === account));
  }

  /** Queues a judgement and ends its draft, both or neither. Returns its place in the queue. */
  async enqueue(parcel: Parcel): Promise<number> {
    let key: IDBRequest<IDBValidKey> | undefined;
    await this.write(["outbox", "drafts"], "strict", (store) => {
      key = store("outbox").add(parcel);
      store("drafts").delete(parcel.draft.id);
    });
    return Number(key!.result);
  }

  /** Writes a parcel that has its place in the queue. */
  updateParcel(parcel: Parcel): Promise<void> {
    return this.write(["outbox"], "strict", (store) => store("outbox").put(parcel));
  }

  deleteParcel(sequence: number): Promise<void> {
    return this.erase("outbox", sequence);
  }

  private all<T>(store: Store): Promise<T[]> {
    return this.handle.use((database) => settled(database.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>));
  }

  /** That something can be erased says nothing of whether there is room to write. */
  private erase(store: Store, key: IDBValidKey): Promise<void> {
    return this.handle.use((database) =>
      commit(database.transaction(store, "readwrite"), (from) => from(store).delete(key)),
    );
  }

  private async write(
    stores: Store[],
    durability: IDBTransactionDurability,
    work: (store: (name: Store) => IDBObjectStore) => void,
  ): Promise<void> {
    this.writes++;
    this.changed();
    try {
      await this.handle.use((database) => commit(database.transaction(stores, "readwrite", { durability }), work));
      this.failed = false;
      if (this.opening < this.handle.openings) {
        this.opening = this.handle.openings;
        this.reopened();
      }
    } catch (error) {
      this.failed = true;
      throw error;
    } finally {
      this.writes--;
      this.changed();
    }
  }
}

/** Does the work in the transaction, all of it or nothing. */
function commit(transaction: IDBTransaction, work: (store: (name: Store) => IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser's store refused to write"));
    try {
      work((name) => transaction.objectStore(name));
      // begun before the page can go, so that it does not end with the page
      transaction.commit();
    } catch (error) {
      reject(error);
      transaction.abort();
    }
  });
}
