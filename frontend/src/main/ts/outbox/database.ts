/** The browser's own store: a thin promise layer over IndexedDB. */
import type { Answers } from "../answer/answers.js";
import type { AttentionRecord } from "../session/attention.js";
import type { Assignment, Submission } from "../session/contract.js";

/** A judgement that is being made. */
export interface Draft {
  /** The assignment's id, the key. */
  readonly id: string;
  readonly account: string;
  readonly campaign: string;
  readonly assignment: Assignment;
  readonly answers: Answers;
  readonly comment: string;
  readonly flagged: boolean;
  readonly attention: AttentionRecord;
  /** The lease of a pair that waits on the desk: its end (`Date.now()` of this computer) and its place in the queue, from 1. */
  readonly lease?: { readonly deadline: number; readonly place: number };
  /** The label that this judgement replaces. */
  readonly supersedes?: string;
}

/** A judgement on its way to the server. */
export interface Parcel {
  /** Order of sending; given by the store. */
  readonly sequence?: number;
  readonly account: string;
  readonly campaign: string;
  readonly submission: Submission;
  /** Kept until the server has the answer, so that it can be offered again. */
  readonly draft: Draft;
  /** Why the server did not take it; such a parcel waits for a person. */
  readonly refused?: string;
}

type Store = "drafts" | "outbox";

export class Database {
  private constructor(private readonly database: IDBDatabase) {}

  static open(name = "diptych"): Promise<Database> {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("outbox", { keyPath: "sequence", autoIncrement: true });
    };
    return settled(request).then((database) => new Database(database));
  }

  drafts(account: string, campaign: string): Promise<Draft[]> {
    return this.all<Draft>("drafts").then((drafts) =>
      drafts.filter((draft) => draft.account === account && draft.campaign === campaign),
    );
  }

  saveDraft(draft: Draft): Promise<void> {
    return this.write(["drafts"], (store) => store("drafts").put(draft));
  }

  deleteDraft(id: string): Promise<void> {
    return this.write(["drafts"], (store) => store("drafts").delete(id));
  }

  /** In order of sending. */
  parcels(account: string): Promise<Parcel[]> {
    return this.all<Parcel>("outbox").then((parcels) => parcels.filter((parcel) => parcel.account === account));
  }

  /** Queues a judgement and ends its draft, both or neither. Returns its place in the queue. */
  async enqueue(parcel: Parcel): Promise<number> {
    let key: IDBRequest<IDBValidKey> | undefined;
    await this.write(["outbox", "drafts"], (store) => {
      key = store("outbox").add(parcel);
      store("drafts").delete(parcel.draft.id);
    });
    return Number(key!.result);
  }

  updateParcel(parcel: Parcel): Promise<void> {
    return this.write(["outbox"], (store) => store("outbox").put(parcel));
  }

  deleteParcel(sequence: number): Promise<void> {
    return this.write(["outbox"], (store) => store("outbox").delete(sequence));
  }

  private all<T>(store: Store): Promise<T[]> {
    return settled(this.database.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>);
  }

  private write(stores: Store[], work: (store: (name: Store) => IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction(stores, "readwrite");
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("The browser's store refused to write"));
      work((name) => transaction.objectStore(name));
      // begun before the page can go, so that it does not end with the page
      transaction.commit();
    });
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
