/**
 * The tree of one statement, for both dialects: the parser reads the union of ZOQL and Export ZOQL, and checks say
 * afterwards what the statement's own dialect refuses.
 *
 * All offsets are UTF-16 code units from the start of the statement's text. A node's span lies within its parent's.
 * Whatever a person may not have typed yet is `undefined`.
 */
import type { ProblemCode } from '../problemCodes';

/** A stretch of text: `start` is its first code unit, `end` is one past its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An identifier as it stands in the text, e.g. `Account` or `Region__c`. */
export interface Name extends Span {
  readonly text: string;
}

/** `select … [from …] [where …] [group by …] [having …] [order by …] [limit …]` */
export interface Query extends Span {
  /** The words `select`, `from`, `where`, …, in the order of the text; empty statements have none. */
  readonly keywords: readonly Keyword[];
  readonly items: readonly SelectItem[];
  /** The object (ZOQL) or data source (Export ZOQL) after FROM. */
  readonly from: Name | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Operand[];
  readonly having: Expression | undefined;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | undefined;
  /** The clauses with their keyword's start and the end of what belongs to them, in the order of the text. */
  readonly clauses: readonly Clause[];
}

export type ClauseName = 'select' | 'from' | 'where' | 'group by' | 'having' | 'order by' | 'limit';

export interface Clause extends Span {
  readonly name: ClauseName;
  /** Where the clause's keywords end, e.g. behind the `by` of `group by`. */
  readonly bodyStart: number;
}

/** A word that has a fixed meaning where it stands, in upper case. */
export interface Keyword extends Span {
  readonly word: string;
}

/** One element of the SELECT list: `Account.Name as "Customer"`. */
export interface SelectItem extends Span {
  readonly value: Operand;
  readonly alias: Alias | undefined;
}

export interface Alias extends Span {
  /** Without its quotes. */
  readonly name: string;
  readonly quoted: boolean;
}

export interface OrderItem extends Span {
  readonly value: Operand;
  readonly direction: 'asc' | 'desc' | undefined;
}

/** `limit 10` or `limit 20, 10`. */
export interface Limit extends Span {
  readonly offset: number | undefined;
  readonly count: number | undefined;
}

/** What stands for a value: in SELECT, on either side of a comparison, as an argument. */
export type Operand = Path | Star | Call | Literal;

/** `Name`, `Account.BillToContact.Country`; the last part is missing while a person types after a dot. */
export interface Path extends Span {
  readonly kind: 'path';
  readonly parts: readonly Name[];
  /** True when the text ends in a dot: the field is yet to be typed. */
  readonly dangling: boolean;
}

/** `*` or `BillToContact.*`; `parts` are the names before the star. */
export interface Star extends Span {
  readonly kind: 'star';
  readonly parts: readonly Name[];
}

/** `count(distinct Account.Id)`, `max(Amount)`, `year(UpdatedDate)`. */
export interface Call extends Span {
  readonly kind: 'call';
  readonly name: Name;
  readonly distinct: boolean;
  readonly args: readonly Operand[];
}

export interface Literal extends Span {
  readonly kind: 'literal';
  /** `date` is an unquoted date or datetime such as `2024-01-31T00:00:00`. */
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'date';
  /** A string's text without quotes, its escapes as written; else the text itself. */
  readonly text: string;
}

export type Expression = Logical | Not | Group | Comparison | NullTest | InList | Between | Bare;

/** `a and b and c` is one node with three operands: long conditions make the tree wide, not deep. */
export interface Logical extends Span {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Expression[];
}

export interface Not extends Span {
  readonly kind: 'not';
  readonly operand: Expression | undefined;
}

/** An expression in parentheses. */
export interface Group extends Span {
  readonly kind: 'group';
  readonly expression: Expression | undefined;
}

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '<>' | 'like' | 'not like';

export interface Comparison extends Span {
  readonly kind: 'comparison';
  readonly left: Operand;
  readonly operator: ComparisonOperator;
  readonly operatorSpan: Span;
  readonly right: Operand | undefined;
}

/** `x is null`, `x is not null`. */
export interface NullTest extends Span {
  readonly kind: 'null-test';
  readonly left: Operand;
  readonly negated: boolean;
}

export interface InList extends Span {
  readonly kind: 'in';
  readonly left: Operand;
  readonly negated: boolean;
  readonly operatorSpan: Span;
  readonly values: readonly Operand[];
}

export interface Between extends Span {
  readonly kind: 'between';
  readonly left: Operand;
  readonly negated: boolean;
  readonly operatorSpan: Span;
  readonly low: Operand | undefined;
  readonly high: Operand | undefined;
}

/** An operand that nothing is compared with: `where AutoPay`, or a condition that is being typed. */
export interface Bare extends Span {
  readonly kind: 'bare';
  readonly value: Operand;
}

/** A line `-- @name value` above or inside a statement. */
export interface Directive extends Span {
  /** In lower case, without the `@`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** The rest of the line, trimmed; empty when there is none. */
  readonly value: string;
  readonly valueSpan: Span;
}

/** Something that is wrong with a text, found by the parser or by a check. */
export interface Problem extends Span {
  readonly code: ProblemCode;
  readonly message: string;
  readonly severity: Severity;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';
