/** What is shown when the mouse rests on a word: what it is and what the catalogue knows of it. */
import { ageOf } from './age';
import { analyse, type Analysis, type Context } from './analysis';
import {
  isCustomName,
  isTextarea,
  labelOf,
  type Catalogue,
  type CatalogueField,
  type CatalogueObject,
} from './catalogue';
import { isDateType } from './checks/values';
import { describeChoice } from './chooseDialect';
import { comparedValues, type ComparedValue } from './comparedValues';
import { currencies, currencyName } from './currencies';
import { dialects } from './dialect';
import { statementAt, type Statement, type ZoqlDocument } from './document';
import { deletedKeys, directiveHelp, functionHelp, keywordHelp, type Help } from './help';
import { readRelativeDate } from './literals';
import { currenciesOf, deletedSettings } from './queryOptions';
import { resolvePath } from './resolve';
import type { Call, Directive, Name, Path, Span, Star } from './syntax/tree';
import { usesOf, type Uses } from './uses';
import { walk } from './walk';

export interface Hover {
  /** The word that it is about, in offsets of the file. */
  readonly span: Span;
  readonly markdown: string;
}

export interface HoverOptions {
  /** As YYYY-MM-DD, to say how old facts are; without it only their day is told. */
  readonly today?: string | undefined;
}

/** Help on the word at an offset of the file; undefined where there is nothing to say. */
export function hover(
  document: ZoqlDocument,
  offset: number,
  context: Context,
  { today }: HoverOptions = {},
): Hover | undefined {
  const found = statementAt(document, offset);
  if (!found) return undefined;
  const about = hoverInStatement(found.statement, offset - found.start, context, {
    catalogue: context.catalogue,
    today,
  });
  if (!about) return undefined;
  const { start, end } = about.span;
  return { span: { start: found.start + start, end: found.start + end }, markdown: about.markdown };
}

/** What names are looked up in, and the day of the person who asks. */
interface Facts extends HoverOptions {
  readonly catalogue: Catalogue;
}

function hoverInStatement(statement: Statement, offset: number, context: Context, facts: Facts): Hover | undefined {
  const { query, directives } = statement.parsed;
  const directive = directives.find(span => holds(span, offset));
  if (directive) return hoverOnDirective(directive, offset);

  if (query.from && holds(query.from, offset)) return hoverOnObject(query.from, facts);
  const operand = operandAt(statement, offset);
  if (operand) return hoverOnOperand(operand, offset, analyse(statement, context), facts);
  const alias = query.items.find(item => item.alias && holds(item.alias, offset))?.alias;
  if (alias) return { span: alias, markdown: paragraphs(`**${escaped(alias.name)}**`, aliasHelp) };
  const analysis = analyse(statement, context);
  const uses = usesOf(query, analysis.object, context.catalogue);
  const about = hoverOnValue(statement, offset, uses, analysis) ?? hoverOnOperator(statement, offset, uses);
  if (about) return about;
  const keyword = query.keywords.find(span => holds(span, offset));
  const help = keyword && helpOn(keyword, keyword.word, keywordHelp.get(keyword.word));
  if (!help || keyword.word !== 'SELECT') return help;
  // Where a query begins, a person looks for what it is.
  const choice = `This query is ${escaped(describeChoice(analysis.choice))}.`;
  return { ...help, markdown: paragraphs(help.markdown, choice) };
}

function hoverOnDirective(directive: Directive, offset: number): Hover | undefined {
  const help = directiveHelp.get(directive.name);
  if (help && holds(directive.nameSpan, offset)) return helpOn(directive.nameSpan, `@${help.name}`, help);
  switch (directive.name) {
    case 'deleted': {
      const setting = deletedSettings(directive).find(span => holds(span, offset));
      const about = setting && deletedKeys.get(setting.key);
      return about && helpOn(setting, about.name, about);
    }
    case 'converttocurrencies': {
      const currency = currenciesOf(directive).find(span => holds(span, offset));
      if (!currency || !currencies.includes(currency.code)) return undefined;
      const { start, end, code: name } = currency;
      return { span: { start, end }, markdown: `**${name}** — ${escaped(currencyName(name))}` };
    }
    default:
      return undefined;
  }
}

const aliasHelp = 'The name of the column, only in the result. Other clauses cannot use it.';

/** A value that a field is compared with whose values are more than any text or number. */
function hoverOnValue({ text }: Statement, offset: number, uses: Uses, { dialect }: Analysis): Hover | undefined {
  const compared = comparedValues(uses, text, dialect).find(({ literal }) => holds(literal, offset));
  const use = uses.conditions.find(({ node }) => node === compared?.condition)?.field;
  const { object, field } = use?.resolved ?? {};
  if (!compared?.field || !object || !field) return undefined;
  if (!field.values && !isDateType(field.type) && field.type !== 'boolean') return undefined;
  const { start, end } = compared.literal;
  const values = field.values ?? [];
  const isKnown = values.some(value => value.toLowerCase() === compared.value.toLowerCase());
  const known = valuesOf(field);
  return {
    span: { start, end },
    markdown: paragraphs(
      `**${escaped(text.slice(start, end))}** — ${kindOf(compared)}`,
      `Compared with ${titleOf(`${object.name}.${field.name}`, field)}, ${typeOf(field)}.`,
      known && (isKnown ? known.replace(/^Values/, 'One of its values') : `Not one of its known values. ${known}`),
    ),
  };
}

function kindOf({ literal, value, moment }: ComparedValue): string {
  if (literal.type === 'null') return 'no value';
  if (literal.type === 'number' || literal.type === 'boolean') return `a ${literal.type}`;
  if (moment) return moment.time === undefined ? 'a date' : 'a datetime';
  return readRelativeDate(value) ? 'a relative date' : 'a text';
}

/** An operator that is a sign, or IN and BETWEEN. */
function hoverOnOperator({ text }: Statement, offset: number, uses: Uses): Hover | undefined {
  for (const { node } of uses.conditions) {
    if (node.kind === 'null-test' || !holds(node.operatorSpan, offset)) continue;
    const { start, end } = node.operatorSpan;
    const word = text.slice(start, end).toUpperCase();
    return helpOn({ start, end }, word, keywordHelp.get(word));
  }
  return undefined;
}

/** The path, star or function name at the offset. */
function operandAt({ parsed: { query } }: Statement, offset: number): Path | Star | Call | undefined {
  let found: Path | Star | Call | undefined;
  walk(query, {
    path: path => void (holds(path, offset) && (found = path)),
    // The star of count(*) stands for rows.
    star: star => void (holds(star, offset) && query.items.some(({ value }) => value === star) && (found = star)),
    call: call => void (holds(call.name, offset) && (found = call)),
  });
  return found;
}

function hoverOnOperand(
  operand: Path | Star | Call,
  offset: number,
  { object }: Analysis,
  facts: Facts,
): Hover | undefined {
  if (operand.kind === 'call') {
    const name = operand.name.text.toLowerCase();
    return helpOn(operand.name, name, functionHelp.get(name));
  }
  const index = operand.parts.findIndex(part => holds(part, offset));
  const part = operand.parts[index];
  if (!object) return undefined;
  if (!part) return operand.kind === 'star' ? hoverOnStar(operand, object, facts) : undefined;
  const isField = operand.kind === 'path' && !operand.dangling && index === operand.parts.length - 1;
  return isField
    ? hoverOnField(part, operand.parts, object, facts)
    : hoverOnStep(part, operand.parts.slice(0, index + 1), object, facts);
}

function hoverOnStar({ start, end, parts }: Star, from: CatalogueObject, { catalogue }: Facts): Hover | undefined {
  const { object } = resolvePath([...parts, { start: end, end, text: '' }], from, catalogue);
  if (!object) return undefined;
  const count = object.fields.filter(({ exported, exportPath }) => exported && exportPath === undefined).length;
  const text = `All ${count} fields of ${escaped(object.name)} that Export ZOQL is known to have.`;
  return {
    span: { start, end },
    markdown: paragraphs(`**${escaped(object.name)}.\\***`, `${text} Foreign keys are not among them.`, exportOnly),
  };
}

function hoverOnObject(name: Name, facts: Facts): Hover | undefined {
  const { catalogue } = facts;
  const object = catalogue.object(name.text);
  if (object) return { span: name, markdown: describeObject(object, facts) };
  const isUnserved = catalogue.notInAqua.some(unserved => unserved.toLowerCase() === name.text.toLowerCase());
  return isUnserved
    ? { span: name, markdown: `**${escaped(name.text)}**\n\nAQuA does not serve this object.` }
    : undefined;
}

/** A name of a path that another name follows: the object of the query, or a relation that leads to another one. */
function hoverOnStep(name: Name, upToName: readonly Name[], from: CatalogueObject, facts: Facts): Hover | undefined {
  const { catalogue } = facts;
  const { prefix, relations } = resolvePath([...upToName, { start: 0, end: 0, text: '' }], from, catalogue);
  if (upToName.length === prefix) return { span: name, markdown: describeObject(from, facts) };
  const relation = relations[upToName.length - prefix - 1];
  const target = relation && catalogue.object(relation.object);
  if (!relation || !target) return undefined;
  const title =
    relation.name === target.name
      ? `**${escaped(relation.name)}**`
      : `**${escaped(relation.name)}** → **${escaped(target.name)}**`;
  const notes = [
    'A step of a path, in Export ZOQL.',
    ...(relation.feature ? ['It depends on a Zuora feature.'] : []),
    ...(relation.assumed ? ['No source shows it in Export ZOQL.'] : []),
  ];
  return { span: name, markdown: paragraphs(title, notes.join(' '), countOf(target), origin(target, facts)) };
}

function hoverOnField(name: Name, parts: readonly Name[], from: CatalogueObject, facts: Facts): Hover | undefined {
  const { object, field } = resolvePath(parts, from, facts.catalogue);
  if (!object) return undefined;
  if (field) return { span: name, markdown: describeField(field, object, facts) };
  if (!isCustomName(name.text) || object.bundled === false) return undefined;
  const markdown = paragraphs(
    `**${escaped(object.name)}.${escaped(name.text)}** — ${escaped(labelOf(name.text))}`,
    'A custom field. The bundled facts hold standard fields only, so its type is not known.',
  );
  return { span: name, markdown };
}

/** An object with its dialects and the age of its facts, in Markdown that shows names and labels as they are. */
export function describeObject(object: CatalogueObject, facts: HoverOptions): string {
  const names = [...(object.zoql ? [dialects.zoql.name] : []), ...(object.exported ? [dialects.zoqlexport.name] : [])];
  return paragraphs(
    titleOf(object.name, object),
    names.length > 0 ? `In ${names.join(' and ')}.` : 'No source says that it can be queried.',
    countOf(object),
    object.feature && escaped(object.feature),
    origin(object, facts),
  );
}

/** A name with its label, where that says more. */
function titleOf(shown: string, { name, label }: { readonly name: string; readonly label: string }): string {
  return `**${escaped(shown)}**${label === name ? '' : ` — ${escaped(label)}`}`;
}

function countOf({ fields, fieldsIncomplete }: CatalogueObject): string {
  const count = `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`;
  return fieldsIncomplete ? `${count} known; there are more.` : `${count}.`;
}

/** The same for a field of an object. */
export function describeField(field: CatalogueField, object: CatalogueObject, facts: HoverOptions): string {
  const { name } = field;
  return paragraphs(
    titleOf(`${object.name}.${name}`, field),
    typeOf(field),
    field.guessed ? 'The name is guessed from its label in Zuora.' : undefined,
    field.refused && `AQuA has refused it in ${field.refused.map(dialect => dialects[dialect].name).join(' and in ')}.`,
    list([zoqlUse(field), exportUse(field)]),
    valuesOf(field),
    list(
      object.restrictions.filter(({ fields }) => fields.includes(name)).map(({ rule }) => `ZOQL: ${escaped(rule)}.`),
    ),
    origin(object, facts),
  );
}

/** More than these would push all else out of sight. */
const mostValues = 20;

function valuesOf({ values = [], valuesAssumed }: CatalogueField): string | undefined {
  if (values.length === 0) return undefined;
  const shown = values.slice(0, mostValues).map(code).join(', ');
  const others = values.length - mostValues;
  const all = others > 0 ? `${values.length} values: ${shown} and ${others} more.` : `Values: ${shown}.`;
  return valuesAssumed ? `${all} ZOQL may spell them differently.` : all;
}

function typeOf({ type, typeGuessed, maxLength, custom }: CatalogueField): string {
  return [
    `${custom ? 'Custom field, ' : ''}\`${type === 'id' ? 'ID' : type}\`${typeGuessed ? ' (guessed)' : ''}`,
    ...(maxLength === undefined || type !== 'string' ? [] : [`at most ${maxLength} characters`]),
  ].join(', ');
}

function zoqlUse(field: CatalogueField): string {
  const { zoql, filterable } = field;
  if (zoql === undefined) return 'ZOQL: not known';
  if (!zoql) return filterable ? 'ZOQL: in WHERE only' : 'ZOQL: no';
  return filterable === false || isTextarea(field) ? 'ZOQL: yes, but not in WHERE' : 'ZOQL: yes';
}

function exportUse({ exported, exportPath }: CatalogueField): string {
  if (exported) return 'Export ZOQL: yes';
  if (exportPath !== undefined) return `Export ZOQL: as ${code(exportPath)}`;
  return exported === false ? 'Export ZOQL: no' : 'Export ZOQL: not known';
}

const exportOnly = 'Export ZOQL only.';

function helpOn(span: Span, title: string, help: Help | undefined): Hover | undefined {
  if (!help) return undefined;
  const where = help.exportOnly ? exportOnly : undefined;
  return { span, markdown: paragraphs(`**${title}**`, escaped(help.text), code(help.usage), where) };
}

function origin({ origin: source, factsDay }: CatalogueObject, { today }: HoverOptions): string {
  const day = factsDay ? ` of ${factsDay}` : '';
  const age = factsDay && today ? ageOf(factsDay, today) : undefined;
  return `*${escaped(source + day + (age === undefined ? '' : `, ${age}`))}*`;
}

function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter(text => text !== undefined && text !== '').join('\n\n');
}

function list(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n');
}

/** Text that Markdown shows as it is: names and labels come from outside. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]#|<>~&]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Text as code; a fence longer than any run of backticks in it cannot be left. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text.replace(/\s+/g, ' ')}${padding}${fence}`;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end && start < end;
}
