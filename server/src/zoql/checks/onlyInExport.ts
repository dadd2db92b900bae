import { needlessGroups, withoutParentheses } from '../actions/conditions';
import { expandInPlace } from '../actions/parentheses';
import { lackingIn, type Lacking } from '../constructs';
import { dialects } from '../dialect';
import type { Fix } from '../edits';
import { clauseNamed, declaration, removal, withSpaceBefore } from '../repairs';
import type { ClauseName, Span } from '../syntax/tree';
import type { CheckContext } from './check';

/**
 * only-in-export: what ZOQL lacks and Export ZOQL has, in a statement that is declared to be ZOQL. A statement without
 * a declared type is taken for Export ZOQL by the same constructs and gets no finding.
 *
 * Source: Zuora docs, "ZOQL" (asterisk, parentheses, joins, functions and clauses are named as not supported).
 */
export function onlyInExport(context: CheckContext): void {
  const { query, uses, dialect, statement, report } = context;
  if (dialect !== 'zoql') return;
  for (const lacking of lackingIn(dialect, query, uses)) {
    const { start, end, what } = lacking;
    const words = wordsFor[what] ?? what.toUpperCase();
    report({
      start,
      end,
      code: 'only-in-export',
      message: `${dialects.zoql.name} has no ${words}; ${dialects.zoqlexport.name} does`,
      severity: 'error',
      fixes: () => [...withoutIt(context, lacking), declaration(statement, 'zoqlexport')],
    });
  }
}

const wordsFor: Partial<Readonly<Record<Lacking['what'], string>>> = {
  star: '*',
  path: 'paths to other objects',
  alias: 'column names (AS)',
  function: 'functions',
  parentheses: 'parentheses',
  'is null': 'IS NULL (it is = null)',
  'relative date': 'relative dates',
  'field comparison': 'comparison of two fields (a text stands in quotes)',
};

/** How ZOQL says the same, or what is left without it. */
function withoutIt({ query, uses, object, statement }: CheckContext, { what, start, end }: Lacking): Fix[] {
  const { text } = statement;
  switch (what) {
    case 'is null': {
      const test = uses.conditions.find(({ node }) => node.start === start)?.node;
      if (test?.kind !== 'null-test') return [];
      const instead = test.negated ? '!= null' : '= null';
      const edit = { start: test.left.end, end: test.end, newText: ` ${instead}` };
      return [{ title: `Change to ${instead}`, edits: [edit], preferred: true }];
    }
    case 'alias': {
      const item = query.items.find(({ alias }) => alias?.start === start);
      return item ? [{ title: 'Remove the name', edits: [removal({ start: item.value.end, end })] }] : [];
    }
    case 'parentheses': {
      const needless = needlessGroups(query.where).find(group => group.start === start);
      const expanded = needless || !query.where ? undefined : expandInPlace(statement.parsed, query.where);
      return [
        ...(needless
          ? [{ title: 'Remove the parentheses', edits: withoutParentheses(text, needless), preferred: true }]
          : []),
        ...(expanded ? [{ title: 'Multiply out the parentheses', edits: expanded }] : []),
      ];
    }
    case 'path': {
      const resolved = uses.paths.find(({ node }) => node.start === start)?.resolved;
      const steps = resolved?.relations.map(({ name }) => name) ?? [];
      const path = [...steps, resolved?.field?.name].join('.').toLowerCase();
      const key = object?.fields.find(({ exportPath }) => exportPath?.toLowerCase() === path)?.name;
      const field =
        key ?? (resolved && steps.length === 0 ? text.slice(text.lastIndexOf('.', end) + 1, end) : undefined);
      return field ? [{ title: `Change to ${field}`, edits: [{ start, end, newText: field }], preferred: true }] : [];
    }
    case 'function': {
      const call = uses.calls.find(({ node }) => node.start === start)?.node;
      const [argument, ...others] = call?.args ?? [];
      if (argument?.kind !== 'path' || others.length > 0) return [];
      const field = text.slice(argument.start, argument.end);
      return [{ title: `Change to ${field}`, edits: [{ start, end, newText: field }] }];
    }
    case 'field comparison':
      return [{ title: 'Put it in quotes', edits: [{ start, end, newText: `'${text.slice(start, end)}'` }] }];
    case 'group by':
    case 'having':
    case 'order by':
    case 'limit':
      return removalOfClause(what, clauseNamed(query, what), text);
    default:
      return [];
  }
}

function removalOfClause(name: ClauseName, clause: Span | undefined, text: string): Fix[] {
  if (!clause) return [];
  return [{ title: `Remove ${name.toUpperCase()}`, edits: [removal(withSpaceBefore(text, clause))] }];
}
