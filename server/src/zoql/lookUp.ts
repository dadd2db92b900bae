/** Finds things by name without regard to case. */
export function lookUp<T extends { readonly name: string }>(things: readonly T[]): (name: string) => T | undefined {
  const byName = new Map(things.map(thing => [thing.name.toLowerCase(), thing]));
  return name => byName.get(name.toLowerCase());
}

/** Calls `make` on first need and remembers what it gave. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
