import { isCustomName } from '../catalogue';
import type { Fix } from '../edits';
import { suggestions, type Candidate } from '../nearest';
import type { Name, Span } from '../syntax/tree';
import type { CheckContext } from './check';
import { fieldCandidates, onTenant, pathsToCheck, renameFixes, type KnownPath } from './names';

/**
 * unknown-field: a field that the object has not, by the tenant's description or else by the bundled facts. AQuA answers
 * "There is no field named X", and the whole job fails. Silent where the object or a step of the path is unknown: one
 * mistake, one message.
 *
 * unchecked-field: the same for a custom field of an object that no tenant has described: the bundled facts know none.
 */
export function unknownField(context: CheckContext): void {
  for (const use of pathsToCheck(context)) {
    const { object, field } = use.resolved;
    const name = use.node.parts.at(-1);
    if (!name || !object || field || isObjectName(use, context)) continue;
    const { start, end, text } = name;
    if (isCustomName(text) && object.bundled !== false) {
      const message = `${text} is a custom field; whether ${object.name} has it differs from tenant to tenant`;
      context.report({ start, end, code: 'unchecked-field', message, severity: 'hint' });
      continue;
    }
    context.report({
      start,
      end,
      code: 'unknown-field',
      message: object.fieldsIncomplete
        ? `${object.name} is not known to have a field ${text}; its list of fields is not complete`
        : `${object.name} has no field ${text}${onTenant(object)}`,
      severity: object.fieldsIncomplete ? 'information' : 'warning',
      fixes: () => firstOf(joinFixes(context, use), [...quoteFixes(context, use), ...renamings(context, use, name)]),
    });
  }
}

/** What is surely meant leaves nothing else to offer. */
function firstOf(sure: readonly Fix[], others: readonly Fix[]): readonly Fix[] {
  return sure.length > 0 ? sure : others;
}

function renamings(context: CheckContext, use: KnownPath, name: Name): Fix[] {
  const joined = fieldsOfJoined(context, use, name.text);
  const fixes = renameFixes(context, use.node, name, [...fieldCandidates(context, use), ...joined]);
  // AccountNumber speaks of Account; EffectiveDate of nothing that it could be a field of.
  const isGuess = ({ text }: Candidate) =>
    !name.text.toLowerCase().startsWith(text.toLowerCase().split('.', 1)[0] ?? '');
  const guesses = new Set(joined.filter(isGuess).map(({ text }) => text));
  return fixes.map(fix => (fix.edits.some(({ newText }) => guesses.has(newText)) ? { ...fix, preferred: false } : fix));
}

/** `Account.AccountNumber` for AccountNumber of Invoice, `Account.Name` for AccountName: only what is meant exactly and is there without a feature. */
function fieldsOfJoined(
  { dialect, choice, catalogue, object }: CheckContext,
  use: KnownPath,
  name: string,
): Candidate[] {
  const canHavePath = dialect === 'zoqlexport' || (choice.source === 'inferred' && object?.exported);
  if (!object || !canHavePath || use.resolved.object !== object) return [];
  return object.relations.flatMap(({ name: relation, object: targetName, assumed, feature }) => {
    const target = catalogue.object(targetName);
    const rest = name.toLowerCase().startsWith(relation.toLowerCase()) ? name.slice(relation.length) : '';
    const field = target?.field(name) ?? target?.field(rest);
    const isMeant = field?.exported && !field.guessed && !assumed && !feature;
    return isMeant ? [{ text: `${relation}.${field.name}`, keys: [name] }] : [];
  });
}

/**
 * path-without-field: a path that ends with an object, where a field is to stand.
 */
export function pathWithoutField(context: CheckContext): void {
  const { dialect, statement, report } = context;
  for (const use of pathsToCheck(context)) {
    const name = use.node.parts.at(-1);
    if (!name || !isObjectName(use, context)) continue;
    const { start, end } = use.node;
    const path = statement.text.slice(start, end);
    report({
      start,
      end,
      code: 'path-without-field',
      message:
        dialect === 'zoql'
          ? `${path} is an object; a field is to stand here`
          : `${path} is an object; a field of it is to follow, such as ${path}.Id`,
      severity: 'warning',
      fixes: () => firstOf(joinFixes(context, use), fieldsOfPath(context, use, path)),
    });
  }
}

/** Whether the last name leads to another object, or is FROM's object itself. */
function isObjectName({ node, resolved: { object, field } }: KnownPath, { object: from }: CheckContext): boolean {
  const name = node.parts.at(-1)?.text;
  if (name === undefined || field || !object) return false;
  return (
    object.relation(name) !== undefined || (node.parts.length === 1 && name.toLowerCase() === from?.name.toLowerCase())
  );
}

function fieldsOfPath(
  { object, dialect, catalogue }: CheckContext,
  { node, resolved }: KnownPath,
  path: string,
): Fix[] {
  const relation = resolved.object?.relation(node.parts.at(-1)?.text ?? '');
  const target = relation ? catalogue.object(relation.object) : object;
  if (!target || !object) return [];
  if (dialect === 'zoql') {
    const key = object.fields.find(({ exportPath }) => exportPath?.toLowerCase() === `${path}.Id`.toLowerCase());
    return key
      ? [{ title: `Change to ${key.name}`, edits: [{ ...spanOf(node), newText: key.name }], preferred: true }]
      : [];
  }
  return ['Id', 'Name'].flatMap(field =>
    target.field(field)?.exported
      ? [{ title: `Change to ${path}.${field}`, edits: [{ start: node.end, end: node.end, newText: `.${field}` }] }]
      : [],
  );
}

/** `Account Number`, which the parser reads as two fields without a comma: the words of one name. */
function joinFixes(context: CheckContext, use: KnownPath): Fix[] {
  const { items } = context.query;
  let first = items.findIndex(({ value }) => value === use.node);
  if (first === -1) return [];
  let last = first;
  const isBesideNext = (index: number): boolean => {
    const [one, two] = [items[index], items[index + 1]];
    return (
      one?.value.kind === 'path' &&
      two?.value.kind === 'path' &&
      isBlank(context.statement.text.slice(one.end, two.start))
    );
  };
  while (isBesideNext(first - 1)) first--;
  while (isBesideNext(last)) last++;
  if (first === last) return [];

  const { start } = items[first] ?? use.node;
  const { end } = items[last] ?? use.node;
  const words = context.statement.text.slice(start, end);
  const [best] = suggestions(words, fieldCandidates(context, use));
  return best?.isClear
    ? [{ title: `Change to ${best.text}`, edits: [{ start, end, newText: best.text }], preferred: true }]
    : [];
}

function isBlank(text: string): boolean {
  return /^\s+$/.test(text);
}

/** `Status = Active`: a text without its quotes. */
function quoteFixes({ uses, statement }: CheckContext, { node }: KnownPath): Fix[] {
  const isCompared = uses.conditions.some(
    ({ node: condition }) => condition.kind === 'comparison' && condition.right === node,
  );
  if (!isCompared || node.parts.length > 1) return [];
  const text = statement.text.slice(node.start, node.end);
  return [{ title: `Put ${text} in quotes`, edits: [{ ...spanOf(node), newText: `'${text}'` }], preferred: true }];
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
