import type { Clock } from '../../client/src/zuora/clock';

interface Timer {
  readonly at: number;
  readonly milliseconds: number;
  readonly run: () => void;
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  /** What the time of day differs from the time that passes; set it to turn the computer's clock. */
  wallOffset = Date.parse('2026-11-23T12:00:00Z');
  private passed = 0;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.wallOffset + this.passed;
  }

  monotonic(): number {
    return this.passed;
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.passed + milliseconds, milliseconds, run };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  advance(milliseconds: number): void {
    this.passed += milliseconds;
    for (const timer of [...this.timers]) {
      if (timer.at <= this.passed && this.timers.delete(timer)) timer.run();
    }
  }

  /** Waits until something sleeps for exactly that long, then lets the time pass. */
  async pass(milliseconds: number): Promise<void> {
    const sleeps = () => [...this.timers].some(timer => timer.milliseconds === milliseconds);
    await until(
      sleeps,
      () => `nothing sleeps ${milliseconds} ms, but ${[...this.timers].map(t => t.milliseconds).join(', ')}`,
    );
    this.advance(milliseconds);
  }

  /** When the next timer ends, in `monotonic` time. */
  get nextAt(): number {
    return Math.min(...[...this.timers].map(({ at }) => at));
  }

  get pending(): number {
    return this.timers.size;
  }
}

/** Resolves when the condition holds; fails after ten seconds, which no test is meant to take. */
export async function until(condition: () => boolean, describe: () => string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (deadline < performance.now()) throw new Error(describe());
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}
