/** What is shown when the mouse rests on a word: what it is and what the catalogue knows of it. */
import { analyse, type Analysis, type Context } from './analysis';
import { isCustomName, labelOf, type Catalogue, type CatalogueField, type CatalogueObject } from './catalogue';
import { describeChoice } from './chooseDialect';
import { dialects } from './dialect';
import { statementAt, type Statement, type ZoqlDocument } from './document';
import { directiveHelp, functionHelp, keywordHelp, type Help } from './help';
import { resolvePath } from './resolve';
import type { Call, Name, Path, Span, Star } from './syntax/tree';
import { walk } from './walk';

export interface Hover {
  /** The word that it is about, in offsets of the file. */
  readonly span: Span;
  readonly markdown: string;
}

/** Help on the word at an offset of the file; undefined where there is nothing to say. */
export function hover(document: ZoqlDocument, offset: number, context: Context): Hover | undefined {
  const found = statementAt(document, offset);
  if (!found) return undefined;
  const about = hoverInStatement(found.statement, offset - found.start, context);
  if (!about) return undefined;
  const { start, end } = about.span;
  return { span: { start: found.start + start, end: found.start + end }, markdown: about.markdown };
}

function hoverInStatement(statement: Statement, offset: number, context: Context): Hover | undefined {
  const { query, directives } = statement.parsed;
  const directive = directives.find(({ nameSpan }) => holds(nameSpan, offset));
  if (directive) return helpOn(directive.nameSpan, `@${directive.name}`, directiveHelp.get(directive.name));

  if (query.from && holds(query.from, offset)) return hoverOnObject(query.from, context.catalogue);
  const operand = operandAt(statement, offset);
  if (operand) return hoverOnOperand(operand, offset, analyse(statement, context), context.catalogue);
  const keyword = query.keywords.find(span => holds(span, offset));
  const help = keyword && helpOn(keyword, keyword.word, keywordHelp.get(keyword.word));
  if (!help || keyword.word !== 'SELECT') return help;
  // Where a query begins, a person looks for what it is.
  const choice = `This query is ${escaped(describeChoice(analyse(statement, context).choice))}.`;
  return { ...help, markdown: paragraphs(help.markdown, choice) };
}

/** The path, star or function name at the offset. */
function operandAt({ parsed }: Statement, offset: number): Path | Star | Call | undefined {
  let found: Path | Star | Call | undefined;
  walk(parsed.query, {
    path: path => void (holds(path, offset) && (found = path)),
    star: star => void (holds(star, offset) && (found = star)),
    call: call => void (holds(call.name, offset) && (found = call)),
  });
  return found;
}

function hoverOnOperand(
  operand: Path | Star | Call,
  offset: number,
  { object }: Analysis,
  catalogue: Catalogue,
): Hover | undefined {
  if (operand.kind === 'call') {
    const name = operand.name.text.toLowerCase();
    return helpOn(operand.name, name, functionHelp.get(name));
  }
  const index = operand.parts.findIndex(part => holds(part, offset));
  const part = operand.parts[index];
  if (!part || !object) return undefined;
  const isField = operand.kind === 'path' && !operand.dangling && index === operand.parts.length - 1;
  return isField
    ? hoverOnField(part, operand.parts, object, catalogue)
    : hoverOnStep(part, operand.parts.slice(0, index + 1), object, catalogue);
}

function hoverOnObject(name: Name, catalogue: Catalogue): Hover | undefined {
  const object = catalogue.object(name.text);
  if (object) return { span: name, markdown: describeObject(object) };
  const isUnserved = catalogue.notInAqua.some(unserved => unserved.toLowerCase() === name.text.toLowerCase());
  return isUnserved
    ? { span: name, markdown: `**${escaped(name.text)}**\n\nAQuA does not serve this object.` }
    : undefined;
}

/** A name of a path that another name follows: the object of the query, or a relation that leads to another one. */
function hoverOnStep(
  name: Name,
  upToName: readonly Name[],
  from: CatalogueObject,
  catalogue: Catalogue,
): Hover | undefined {
  const { prefix, relations } = resolvePath([...upToName, { start: 0, end: 0, text: '' }], from, catalogue);
  if (upToName.length === prefix) return { span: name, markdown: describeObject(from) };
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
  return { span: name, markdown: paragraphs(title, notes.join(' '), countOf(target), origin(target)) };
}

function hoverOnField(
  name: Name,
  parts: readonly Name[],
  from: CatalogueObject,
  catalogue: Catalogue,
): Hover | undefined {
  const { object, field } = resolvePath(parts, from, catalogue);
  if (!object) return undefined;
  if (field) return { span: name, markdown: describeField(field, object) };
  if (!isCustomName(name.text)) return undefined;
  const markdown = paragraphs(
    `**${escaped(object.name)}.${escaped(name.text)}** — ${escaped(labelOf(name.text))}`,
    'A custom field. The bundled facts hold standard fields only, so its type is not known.',
  );
  return { span: name, markdown };
}

function describeObject(object: CatalogueObject): string {
  const names = [...(object.zoql ? [dialects.zoql.name] : []), ...(object.exported ? [dialects.zoqlexport.name] : [])];
  return paragraphs(
    `**${escaped(object.name)}** — ${escaped(object.label)}`,
    names.length > 0 ? `In ${names.join(' and ')}.` : 'No source says that it can be queried.',
    countOf(object),
    object.feature && escaped(object.feature),
    origin(object),
  );
}

function countOf({ fields, fieldsIncomplete }: CatalogueObject): string {
  const count = `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`;
  return fieldsIncomplete ? `${count} known; there are more.` : `${count}.`;
}

function describeField(field: CatalogueField, object: CatalogueObject): string {
  const { name, label, values, valuesAssumed } = field;
  return paragraphs(
    `**${escaped(object.name)}.${escaped(name)}** — ${escaped(label)}`,
    typeOf(field),
    field.guessed ? 'The name is guessed from its label in Zuora.' : undefined,
    list([zoqlUse(field), exportUse(field)]),
    values && `Values: ${values.map(code).join(', ')}.${valuesAssumed ? ' ZOQL may spell them differently.' : ''}`,
    list(
      object.restrictions.filter(({ fields }) => fields.includes(name)).map(({ rule }) => `ZOQL: ${escaped(rule)}.`),
    ),
    origin(object),
  );
}

function typeOf({ type, typeGuessed, maxLength, custom }: CatalogueField): string {
  return [
    `${custom ? 'Custom field, ' : ''}\`${type === 'id' ? 'ID' : type}\`${typeGuessed ? ' (guessed)' : ''}`,
    ...(maxLength === undefined || type !== 'string' ? [] : [`at most ${maxLength} characters`]),
  ].join(', ');
}

function zoqlUse({ zoql, filterable }: CatalogueField): string {
  if (zoql === undefined) return 'ZOQL: not known';
  if (!zoql) return filterable ? 'ZOQL: in WHERE only' : 'ZOQL: no';
  return filterable === false ? 'ZOQL: yes, but not in WHERE' : 'ZOQL: yes';
}

function exportUse({ exported, exportPath }: CatalogueField): string {
  if (exported) return 'Export ZOQL: yes';
  if (exportPath !== undefined) return `Export ZOQL: as ${code(exportPath)}`;
  return exported === false ? 'Export ZOQL: no' : 'Export ZOQL: not known';
}

function helpOn(span: Span, title: string, help: Help | undefined): Hover | undefined {
  if (!help) return undefined;
  const where = help.exportOnly ? 'Export ZOQL only.' : undefined;
  return { span, markdown: paragraphs(`**${title}**`, escaped(help.text), code(help.usage), where) };
}

function origin(object: CatalogueObject): string {
  return `*${escaped(object.origin)}*`;
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
