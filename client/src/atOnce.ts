/** What `action` makes of each item, in their order, with at most `limit` of them under way. Ends early where `signal` aborts. */
export async function mapAtOnce<T, R>(
  items: readonly T[],
  limit: number,
  action: (item: T) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [place, item] of waiting) {
      if (signal?.aborted) return;
      results[place] = await action(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
