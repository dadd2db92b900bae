import { analyse, type Context } from './analysis';
import type { Statement, ZoqlDocument } from './document';
import { resolvePath } from './resolve';
import type { Name, Span } from './syntax/tree';
import { walk } from './walk';

/** Names of LSP, so that every theme has a color: an object is a class, a step of a path a namespace. */
export const tokenTypes = ['class', 'namespace', 'property'] as const;
export const tokenModifiers = ['custom'] as const;

/** A name that means something in the catalogue. It never spans lines. */
export interface SemanticToken extends Span {
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

/**
 * What the grammar cannot know: which names are objects, fields and steps to other objects. Unknown names get no
 * token, so a misspelt one looks different from its neighbors.
 *
 * @param range where tokens are asked for; statements that lie outside are left out, others are given whole.
 * @returns tokens in the order of the text, in offsets of the file.
 */
export function semanticTokens(document: ZoqlDocument, context: Context, range?: Span): SemanticToken[] {
  const tokens: SemanticToken[] = [];
  document.statements.forEach((statement, index) => {
    const start = document.starts[index] ?? 0;
    if (range && (range.end < start || start + statement.text.length < range.start)) return;
    for (const token of knownTokens(statement, context)) {
      const { type, modifiers } = token;
      tokens.push({ start: start + token.start, end: start + token.end, type, modifiers });
    }
  });
  return tokens;
}

/** Editors ask for the whole file after each edit, which has changed one statement. */
function knownTokens(statement: Statement, context: Context): readonly SemanticToken[] {
  let known = tokensByContext.get(context);
  if (!known) tokensByContext.set(context, (known = new WeakMap()));
  let tokens = known.get(statement);
  if (!tokens) known.set(statement, (tokens = tokensOf(statement, context)));
  return tokens;
}

const tokensByContext = new WeakMap<Context, WeakMap<Statement, readonly SemanticToken[]>>();

function tokensOf(statement: Statement, context: Context): SemanticToken[] {
  const { object } = analyse(statement, context);
  const { query } = statement.parsed;
  if (!object || !query.from) return [];

  const tokens: SemanticToken[] = [];
  const add = ({ start, end }: Span, type: SemanticToken['type'], modifiers: SemanticToken['modifiers'] = []): void => {
    tokens.push({ start, end, type, modifiers });
  };
  /** Adds the names of a path that have another name or a star behind them. */
  const addSteps = (steps: readonly Name[]): void => {
    const { prefix, relations } = resolvePath([...steps, noField], object, context.catalogue);
    steps
      .slice(0, prefix + relations.length)
      .forEach((step, index) => add(step, index < prefix ? 'class' : 'namespace'));
  };
  const addField = (parts: readonly Name[]): void => {
    const { object: owner, field } = resolvePath(parts, object, context.catalogue);
    const last = parts.at(-1);
    if (!last || !owner) return;
    // The bundled facts know no tenant's own fields, but the name of such a field tells what it is.
    if (field?.custom || (!field && /__c$/i.test(last.text))) add(last, 'property', ['custom']);
    else if (field) add(last, 'property');
  };

  add(query.from, 'class');
  walk(query, {
    path: ({ parts, dangling }) => {
      addSteps(dangling ? parts : parts.slice(0, -1));
      if (!dangling) addField(parts);
    },
    star: ({ parts }) => addSteps(parts),
  });
  return tokens.sort((one, other) => one.start - other.start);
}

/** Stands where a path's field is not there. */
const noField: Name = { text: '', start: 0, end: 0 };
