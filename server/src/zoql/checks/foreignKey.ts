import type { CheckContext } from './check';
import { isObjectServed, pathsToCheck, renamesOf } from './names';

/**
 * foreign-key: `AccountId` in Export ZOQL, which has foreign keys only as paths: `Account.Id`. The other way round, a
 * path in ZOQL is what only-in-export is about.
 *
 * Source: seen on a tenant: Describe gives foreign keys without the export context (2026-08).
 */
export function foreignKey(context: CheckContext): void {
  if (context.dialect !== 'zoqlexport' || !isObjectServed(context)) return;
  for (const { node, resolved } of pathsToCheck(context)) {
    const { field, object } = resolved;
    const name = node.parts.at(-1);
    if (!name || !field || !object || field.guessed || field.exported || field.exportPath === undefined) continue;
    const path = field.exportPath;
    // No source shows some joins in Export ZOQL, and so nothing of the path.
    const isAssumed = object.relation(path.slice(0, path.indexOf('.')))?.assumed ?? true;
    context.report({
      start: name.start,
      end: name.end,
      code: 'foreign-key',
      message: `Export ZOQL has no ${field.name}; it is ${path}`,
      severity: isAssumed ? 'information' : 'warning',
      fixes: () => [{ title: `Change to ${path}`, edits: renamesOf(context, node, name, path), preferred: !isAssumed }],
    });
  }
}
