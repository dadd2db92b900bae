/**
 * What a query is made of, in flat lists: one walk over the tree serves every check, and names are resolved once.
 */
import type { Catalogue, CatalogueObject } from './catalogue';
import { resolvePath, type ResolvedPath } from './resolve';
import type {
  Between,
  Call,
  Comparison,
  Expression,
  Group,
  InList,
  Literal,
  Not,
  NullTest,
  Operand,
  Path,
  Query,
  Star,
} from './syntax/tree';
import { walk, type Place } from './walk';

/** One thing that is compared with another. */
export type Condition = Comparison | NullTest | InList | Between;

export interface Use<T> {
  readonly node: T;
  readonly place: Place;
}

export interface PathUse extends Use<Path> {
  /** The function whose argument it is. */
  readonly call: Call | undefined;
  /** What its names mean; undefined where the object after FROM is unknown. */
  readonly resolved: ResolvedPath | undefined;
}

export interface CallUse extends Use<Call> {
  /** The call around this one. */
  readonly outer: Call | undefined;
}

export interface ConditionUse extends Use<Condition> {
  /** The left side where it is a path or a function of one path. */
  readonly field: PathUse | undefined;
}

/** Each list is in the order of the text. */
export interface Uses {
  readonly paths: readonly PathUse[];
  readonly stars: readonly Use<Star>[];
  readonly calls: readonly CallUse[];
  readonly literals: readonly Use<Literal>[];
  readonly conditions: readonly ConditionUse[];
  readonly groups: readonly Use<Group>[];
  readonly nots: readonly Use<Not>[];
}

/** Gathers the uses of a query. `object` is what FROM names; undefined where that is unknown. */
export function usesOf(query: Query, object: CatalogueObject | undefined, catalogue: Catalogue): Uses {
  const paths: PathUse[] = [];
  const stars: Use<Star>[] = [];
  const calls: CallUse[] = [];
  const literals: Use<Literal>[] = [];
  const conditions: { -readonly [Key in keyof ConditionUse]: ConditionUse[Key] }[] = [];
  const groups: Use<Group>[] = [];
  const nots: Use<Not>[] = [];
  /** The path on the left side of the last condition: the next one that the walk comes to. */
  let left: Path | undefined;

  walk(query, {
    path: (node, place, call) => {
      const resolved = object && resolvePath(node.parts, object, catalogue);
      const use = { node, place, call, resolved };
      paths.push(use);
      const condition = left === node && conditions.at(-1);
      if (condition) condition.field = use;
    },
    star: (node, place) => void stars.push({ node, place }),
    call: (node, place, outer) => void calls.push({ node, place, outer }),
    literal: (node, place) => void literals.push({ node, place }),
    expression: (node, place) => {
      if (isCondition(node)) {
        left = pathOn(node.left);
        conditions.push({ node, place, field: undefined });
      } else if (node.kind === 'group') groups.push({ node, place });
      else if (node.kind === 'not') nots.push({ node, place });
    },
  });
  return { paths, stars, calls, literals, conditions, groups, nots };
}

function isCondition(expression: Expression): expression is Condition {
  switch (expression.kind) {
    case 'comparison':
    case 'null-test':
    case 'in':
    case 'between':
      return true;
    default:
      return false;
  }
}

function pathOn(operand: Operand): Path | undefined {
  if (operand.kind === 'path') return operand;
  const only = operand.kind === 'call' && operand.args.length === 1 ? operand.args[0] : undefined;
  return only?.kind === 'path' ? only : undefined;
}
