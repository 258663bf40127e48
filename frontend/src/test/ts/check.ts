/** A test runner of a page: the Java side calls `run` and turns the outcomes into its own tests. */
interface Test {
  readonly name: string;
  readonly body: () => void | Promise<void>;
}

const tests: Test[] = [];

export function test(name: string, body: () => void | Promise<void>): void {
  tests.push({ name, body });
}

export function equal(actual: unknown, expected: unknown, what = ""): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) {
    throw new Error(`${what} expected ${other} but was ${one}`);
  }
}

export function close(actual: number, expected: number, within = 1e-6, what = ""): void {
  if (!(Math.abs(actual - expected) <= within)) {
    throw new Error(`${what} expected ${expected} ± ${within} but was ${actual}`);
  }
}

export async function run(): Promise<{ name: string; error: string | null }[]> {
  const outcomes = [];
  for (const { name, body } of tests) {
    try {
      await body();
      outcomes.push({ name, error: null });
    } catch (error) {
      outcomes.push({ name, error: String(error) });
    }
  }
  return outcomes;
}
