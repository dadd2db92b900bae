/** CSV as AQuA writes it: a header line, LF, quotes only where they are needed, nulls as nothing or as asked. */
export function csvOf(
  header: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  nullReplacement: string,
): string {
  const lines = [header, ...rows].map(row => row.map(value => cell(value ?? nullReplacement)).join(','));
  return lines.map(line => `${line}\n`).join('');
}

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
