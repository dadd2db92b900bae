/**
 * What is allowed and seldom meant, or slow: hints, each at most once a statement. They are silent while the text
 * cannot be read.
 *
 * Sources: Zuora docs, "Filter by UpdatedDate only", "Export ZOQL filter statements" and "RatePlan"; which columns * has
 * is observed on a tenant (EDROLO, 2026-08-20).
 */
import type { Condition, ConditionUse, PathUse } from '../uses';
import type { CheckContext } from './check';
import { fieldKey } from './fieldKey';

/**
 * updated-date: a datetime in WHERE and no UpdatedDate, which is indexed in every data source. Dates of the business
 * (DueDate) ask for something else, so nothing is said of them.
 */
export function updatedDate({ uses, object, dialect, statement, report }: CheckContext): void {
  if (dialect !== 'zoqlexport' || !isReadable(statement) || !object?.field('UpdatedDate')) return;
  const filters = uses.conditions.filter(({ place }) => place === 'where');
  const isSelective = filters.some(({ node, field }) => isOn(field, /^UpdatedDate$/i) || isLookUp(node, field));
  const date = filters.find(({ node, field }) => {
    const isTime = field?.resolved?.field?.type === 'datetime';
    return isTime && node.kind === 'comparison' && node.right?.kind === 'literal';
  })?.field?.node;
  if (isSelective || !date) return;
  report({
    start: date.start,
    end: date.end,
    code: 'updated-date',
    message: `Only UpdatedDate is indexed in every object; a filter on ${nameOf(date)} can read all of ${object.name}`,
    severity: 'hint',
  });
}

/** join-in-filter: a condition on a field of another object. Its Id is a key of the object's own. */
export function joinInFilter({ uses, object, statement, report }: CheckContext): void {
  if (!isReadable(statement)) return;
  const joined = uses.paths.find(use => use.place === 'where' && isJoined(use));
  if (!joined || !object) return;
  report({
    start: joined.node.start,
    end: joined.node.end,
    code: 'join-in-filter',
    message: `A condition on a field of another object is slow; one on a field of ${object.name} is not`,
    severity: 'hint',
  });
}

/** many-joins: fields of three or more other objects. */
export function manyJoins({ uses, statement, report }: CheckContext): void {
  if (!isReadable(statement)) return;
  const objects = new Set<string>();
  for (const use of uses.paths) {
    if (!isJoined(use)) continue;
    objects.add(use.resolved?.relations.map(({ name }) => name).join('.') ?? '');
    if (objects.size < 3) continue;
    report({
      start: use.node.start,
      end: use.node.end,
      code: 'many-joins',
      message: 'Three or more joined objects are slow; one query for each of them, with the Ids, is faster',
      severity: 'hint',
    });
    return;
  }
}

/** not-equal-drops-null: in Export ZOQL `!=` leaves out the rows in which the field has no value. */
export function notEqualDropsNull({ uses, query, dialect, statement, report }: CheckContext): void {
  if (dialect !== 'zoqlexport' || !isReadable(statement) || uses.nots.length > 0) return;
  const compared = uses.conditions.filter(({ node, place, field }) => {
    if (place !== 'where' || node.kind !== 'comparison' || node.operator !== '!=' || isNullTest(node)) return false;
    const { type } = field?.resolved?.field ?? {};
    const canBeEmpty = node.left.kind === 'path' && type !== undefined && type !== 'boolean' && type !== 'id';
    return canBeEmpty && node.right?.kind === 'literal';
  });
  if (compared.length === 0) return;
  const tested = new Set(uses.conditions.map(({ node }) => isNullTest(node) && fieldKey(node.left, query)));
  const found = compared.find(({ node }) => !tested.has(fieldKey(node.left, query)))?.node;
  if (found?.kind !== 'comparison') return;
  const { start, end, left, operatorSpan } = found;
  const field = statement.text.slice(left.start, left.end);
  report({
    ...operatorSpan,
    code: 'not-equal-drops-null',
    message: `Rows without a ${nameOf(left)} are left out, too; or ${field} = null takes them in`,
    severity: 'hint',
    fixes: () => {
      const both = `${statement.text.slice(start, end)} or ${field} = null`;
      const newText = query.where?.start === start && query.where.end === end ? both : `(${both})`;
      return [{ title: `Take in the rows without a ${nameOf(left)}`, edits: [{ start, end, newText }] }];
    },
  });
}

/** star-lacks-keys: `*` stands for the object's own fields, and a foreign key is one of another object. */
export function starLacksKeys({ query, uses, object, dialect, statement, report }: CheckContext): void {
  if (dialect !== 'zoqlexport' || !object || !isReadable(statement)) return;
  const star = query.items.find(({ value }) => value.kind === 'star' && fieldKey(value, query) === '*')?.value;
  if (!star) return;
  const isSure = (path: string) =>
    object.relations.some(({ name, assumed, feature }) => {
      return !assumed && !feature && path.toLowerCase() === `${name}.id`.toLowerCase();
    });
  const keys = object.fields.flatMap(({ exportPath, guessed }) =>
    exportPath !== undefined && !guessed && isSure(exportPath) ? [exportPath] : [],
  );
  const [first, ...others] = keys;
  const selected = new Set([...uses.paths, ...uses.stars].map(({ node }) => fieldKey(node, query)?.replace('*', 'id')));
  if (first === undefined || keys.some(key => selected.has(key.toLowerCase()))) return;
  report({
    start: star.start,
    end: star.end,
    code: 'star-lacks-keys',
    message: `* leaves out the keys of other objects, such as ${first}`,
    severity: 'hint',
    fixes: () => {
      const adding = (list: readonly string[]) => [{ start: star.end, end: star.end, newText: `, ${list.join(', ')}` }];
      const one = { title: `Add ${first}`, edits: adding([first]) };
      return others.length === 0 ? [one] : [one, { title: `Add all ${keys.length} keys`, edits: adding(keys) }];
    },
  });
}

/** removed-rate-plans: ZOQL reads RatePlan as if `AmendmentType = null or AmendmentType != 'RemoveProduct'` stood there. */
export function removedRatePlans({ query, uses, object, dialect, statement, report }: CheckContext): void {
  if (dialect !== 'zoql' || object?.name !== 'RatePlan' || !query.from || !isReadable(statement)) return;
  if (uses.conditions.some(({ node, field }) => isOn(field, /^AmendmentType$/i) || isLookUp(node, field))) return;
  const { end } = query.from;
  report({
    start: query.from.start,
    end,
    code: 'removed-rate-plans',
    message: 'ZOQL leaves out removed rate plans; with AmendmentType = null or AmendmentType != null they come',
    severity: 'information',
    fixes: () =>
      query.where
        ? []
        : [
            {
              title: 'Take in the removed rate plans',
              edits: [{ start: end, end, newText: ' where AmendmentType = null or AmendmentType != null' }],
            },
          ],
  });
}

function isReadable({ parsed }: CheckContext['statement']): boolean {
  return parsed.problems.length === 0;
}

function isOn(field: ConditionUse['field'], name: RegExp): boolean {
  return name.test(field?.node.parts.at(-1)?.text ?? '');
}

/** `Id = '…'` and `AccountId = '…'` find few rows. */
function isLookUp(node: Condition, field: ConditionUse['field']): boolean {
  return node.kind === 'comparison' && node.operator === '=' && isOn(field, /Id$/i);
}

function isJoined({ node, resolved }: PathUse): boolean {
  return (resolved?.relations.length ?? 0) > 0 && !/^Id$/i.test(node.parts.at(-1)?.text ?? '');
}

function isNullTest(node: Condition): boolean {
  if (node.kind === 'null-test') return true;
  return node.kind === 'comparison' && node.right?.kind === 'literal' && node.right.type === 'null';
}

function nameOf(operand: Condition['left']): string {
  return operand.kind === 'path' ? (operand.parts.at(-1)?.text ?? '') : '';
}
