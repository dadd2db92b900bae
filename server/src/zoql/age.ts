/** How old facts of a day are, e.g. "3 weeks old": in the largest unit that is there whole; undefined for what is of today. */
export function ageOf(day: string, today: string): string | undefined {
  const days = Math.floor((Date.parse(today) - Date.parse(day)) / 86_400_000);
  const [unit, length] = ageUnits.find(([, needed]) => needed <= days) ?? [];
  if (unit === undefined || length === undefined) return undefined;
  const count = Math.floor(days / length);
  return `${count} ${unit}${count === 1 ? '' : 's'} old`;
}

const ageUnits = [
  ['year', 365],
  ['month', 30],
  ['week', 7],
  ['day', 1],
] as const;
