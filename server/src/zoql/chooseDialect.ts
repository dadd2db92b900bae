import type { Catalogue } from './catalogue';
import { dialectNames, type Dialect, type DialectChoice, type DialectSetting } from './dialect';
import { resolvePath } from './resolve';
import type { Parsed } from './syntax/parser';
import type { Path, Query } from './syntax/tree';
import { walk } from './walk';

/**
 * Decides which dialect a statement is in: `-- @type` above it, else the setting, else what it needs. Export ZOQL is
 * taken where a construct, an object or a field asks for it, ZOQL otherwise.
 */
export function chooseDialect(parsed: Parsed, setting: DialectSetting, catalogue: Catalogue): DialectChoice {
  const declared = parsed.directives.findLast(directive => directive.name === 'type')?.value.toLowerCase();
  if (declared === 'zoql' || declared === 'zoqlexport') {
    return { dialect: declared, source: 'directive', reason: `declared by -- @type ${declared}` };
  }
  if (setting !== 'auto') {
    return { dialect: setting, source: 'setting', reason: `set to ${dialectNames[setting]} by zoql.queryType` };
  }
  const need = needOfExport(parsed.query, catalogue);
  return need
    ? { dialect: 'zoqlexport', source: 'inferred', reason: need }
    : { dialect: 'zoql', source: 'inferred', reason: 'needs nothing that only Export ZOQL has' };
}

/** The dialect's name with the reason, as a person reads it: "Export ZOQL: uses a path (Account.Name)". */
export function describeChoice({ dialect, reason }: { dialect: Dialect; reason: string }): string {
  return `${dialectNames[dialect]}: ${reason}`;
}

/** What in a query only Export ZOQL has, in words; the first that the text shows. */
function needOfExport(query: Query, catalogue: Catalogue): string | undefined {
  const needs: { at: number; reason: string }[] = [];
  const need = (at: number, reason: string) => needs.push({ at, reason });

  for (const { alias } of query.items) if (alias) need(alias.start, `names a column (as ${alias.name})`);
  for (const { name, start } of query.clauses) {
    if (name === 'group by' || name === 'having' || name === 'order by' || name === 'limit') {
      need(start, `uses ${name.toUpperCase()}`);
    }
  }
  walk(query, {
    star: star => need(star.start, 'uses *'),
    path: path => path.parts.length > 1 && need(path.start, `uses a path (${pathText(path)})`),
    call: call => need(call.start, `uses a function (${call.name.text})`),
    expression: expression => {
      if (expression.kind === 'group') need(expression.start, 'uses parentheses');
      if (expression.kind === 'null-test') need(expression.start, 'uses IS NULL');
    },
  });

  const object = query.from && catalogue.object(query.from.text);
  if (query.from && object?.exported && !object.zoql) {
    need(query.from.start, `reads ${object.name}, which only Export ZOQL has`);
  }
  if (object?.zoql && object.exported) {
    walk(query, {
      path: path => {
        const field = path.parts.length === 1 ? resolvePath(path.parts, object, catalogue).field : undefined;
        if (field?.exported && field.zoql === false) need(path.start, `uses ${field.name}, which only Export ZOQL has`);
      },
      expression: expression => {
        // A word that is no field is a text without its quotes more often than anything else: it asks for nothing.
        if (expression.kind !== 'comparison' || expression.right?.kind !== 'path') return;
        const { field } = resolvePath(expression.right.parts, object, catalogue);
        if (field) need(expression.start, `compares with a field (${field.name})`);
      },
    });
  }
  return needs.sort((a, b) => a.at - b.at)[0]?.reason;
}

function pathText(path: Path): string {
  return path.parts.map(part => part.text).join('.');
}
