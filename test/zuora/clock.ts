/** The stand-in's time: it runs like real time and can be put forward, so that tests wait for nothing. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  advance(milliseconds: number): void;
}

export function createClock(start: number = Date.now()): Clock {
  const realStart = Date.now();
  let ahead = 0;
  return {
    now: () => start + ahead + (Date.now() - realStart),
    advance: milliseconds => {
      ahead += milliseconds;
    },
  };
}

/** In milliseconds. */
export const day = 24 * 60 * 60_000;
