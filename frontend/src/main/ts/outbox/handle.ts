/** The browser's store did not do what it was asked, also not when it was opened anew. */
export class StoreFailure extends Error {}

class Silence extends Error {}

/** A store that does not answer for this long is as good as none, in milliseconds. */
const PATIENCE = 4000;

/**
 * A database of the browser that is opened when it is needed. Browsers close it under the page when they run short, when
 * site data is deleted or after an error of the disk; then it is opened anew.
 */
export class Handle {
  /** How often it was opened. */
  openings = 0;
  private opened: Promise<IDBDatabase> | undefined;

  constructor(
    private readonly name: string,
    private readonly create: (database: IDBDatabase) => void,
  ) {}

  /**
   * Works with the database; when that fails, once more with the database opened anew.
   *
   * @throws StoreFailure
   */
  async use<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
    try {
      return await this.once(work);
    } catch (error) {
      this.close();
      if (error instanceof Silence) {
        throw new StoreFailure(error.message);
      }
    }
    try {
      return await this.once(work);
    } catch (error) {
      this.close();
      throw new StoreFailure(String(error));
    }
  }

  private async once<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
    const database = await (this.opened ??= this.open());
    return within(work(database));
  }

  private async open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.name, 1);
    request.onupgradeneeded = () => this.create(request.result);
    // one that comes too late is let go at once: nobody waits for it
    const opening = settled(request);
    const database = await within(opening).catch((error: unknown) => {
      opening.then((late) => late.close()).catch(() => undefined);
      throw error;
    });
    database.onclose = () => (this.opened = undefined);
    // somebody deletes the site's data, or another build has another layout: stand in nobody's way
    database.onversionchange = () => this.close();
    this.openings++;
    return database;
  }

  private close(): void {
    const { opened } = this;
    this.opened = undefined;
    opened?.then((database) => database.close()).catch(() => undefined);
  }
}

export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function within<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Silence("The browser's store does not answer")), PATIENCE);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
