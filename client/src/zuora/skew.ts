// By how much this computer's clock is wrong, as far as the service's answers tell.

/** Less than this is no skew worth a word. */
export const notableSkewMs = 300_000;

/**
 * By how many milliseconds this computer's clock is ahead of the one that dated an answer; undefined without a date. The
 * answer came `now`, `tookMs` after its request went out. Dates count in whole seconds, so that a few seconds say nothing.
 */
export function skewOf(date: string | undefined, now: number, tookMs: number): number | undefined {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? undefined : Math.round(now - tookMs / 2 - (theirs + 500));
}

/** Tells of a notable skew once for each origin, and again only after the clock has been right. */
export function skewWatch(
  tell: (origin: string, milliseconds: number) => void,
): (origin: string, milliseconds: number) => void {
  const told = new Set<string>();
  return (origin, milliseconds) => {
    const notable = notableSkewMs <= Math.abs(milliseconds);
    if (notable && !told.has(origin)) tell(origin, milliseconds);
    if (notable) told.add(origin);
    else told.delete(origin);
  };
}
