import { fieldKey } from '../checks/fieldKey';
import type { TextEdit } from '../edits';
import { isLineBreak, startsLineComment } from '../syntax/lexer';
import type { Parsed } from '../syntax/parser';
import type { SelectItem, Span } from '../syntax/tree';
import type { ActionScope, Rewrite } from './action';
import { hasComment } from './conditions';

/** Sorts the list of fields, or removes those that stand there twice, where the list is selected. */
export function tidyFields({ parsed, selection, isSound }: ActionScope): readonly Rewrite[] {
  const [select, next] = parsed.query.clauses;
  if (!select || !next || next.start < selection.start || selection.end < select.start) return [];
  const list = listOf(parsed);
  const rewrites: readonly Rewrite[] = [
    { title: 'Sort the fields', edits: arrange(list, sorted(list, list.slots)) },
    { title: 'Remove repeated fields', edits: keep(list, withoutRepeats(list)) },
  ];
  return rewrites.filter(({ edits }) => edits.length > 0 && isSound(edits));
}

/** Both at once, wherever the cursor is: what editors can do on save. */
export function organizeFields({ parsed, isSound }: ActionScope): readonly Rewrite[] {
  const list = listOf(parsed);
  const edits = arrange(list, sorted(list, withoutRepeats(list)));
  return edits.length > 0 && isSound(edits) ? [{ title: 'Sort the fields, each once', edits }] : [];
}

/** The list of fields. Comments move with the field that they stand beside or above. */
function listOf(parsed: Parsed): List {
  const [select, next] = parsed.query.clauses;
  const isWhole = select && next && parsed.problems.length === 0;
  return isWhole
    ? { parsed, slots: slotsOf(parsed, next.start), start: select.bodyStart, end: next.start }
    : { parsed, slots: [], start: 0, end: 0 };
}

interface List extends Span {
  readonly parsed: Parsed;
  /** None where the list is not whole, or a comment could not move without swallowing a comma. */
  readonly slots: readonly Slot[];
}

/**
 * An item of the list with what moves with it: `[above value], [beside]`. The comma stays where it is, and so does the
 * white space between two slots.
 */
interface Slot {
  readonly item: SelectItem;
  /** The item with the comments above it. */
  readonly value: Span;
  /** The comments behind it on its line; behind the comma where there is one. May be empty. */
  readonly beside: Span;
}

function slotsOf(parsed: Parsed, listEnd: number): readonly Slot[] {
  const { text, query, comments } = parsed;
  const slots: Slot[] = [];
  let free = query.clauses[0]?.bodyStart ?? 0;
  let seen = comments.findIndex(({ start }) => free <= start);
  for (const [index, item] of query.items.entries()) {
    const next = query.items[index + 1];
    const end = next?.start ?? listEnd;
    const around: Span[] = [];
    for (let comment = comments[seen]; comment && comment.start < end; comment = comments[++seen]) around.push(comment);
    const comma = next ? commaAt(text, item.end, around) : item.end;
    const before = around.filter(({ start }) => item.end <= start && start < comma);
    if (before.some(({ start }) => startsLineComment(text, start))) return [];

    // What stands on the line of SELECT, or of the item before, is said of that.
    const above = around.find(({ start }) => start < item.start && (hasBreak(text, free, start) || 0 < index));
    const behind = next ? comma + 1 : comma;
    const lineBreak = breakAfter(text, behind, around, end);
    const beside = around.findLast(({ start }) => behind <= start && start < (lineBreak ?? (next ? behind : end)));
    slots.push({
      item,
      value: { start: above?.start ?? item.start, end: before.at(-1)?.end ?? item.end },
      beside: { start: behind, end: beside?.end ?? behind },
    });
    free = beside?.end ?? behind;
    // The others stand above the next item.
    seen -= around.filter(({ start }) => free <= start).length;
  }
  return slots;
}

function commaAt(text: string, from: number, comments: readonly Span[]): number {
  let at = from;
  while (at < text.length && text[at] !== ',') at = comments.find(({ start }) => start === at)?.end ?? at + 1;
  return at;
}

/** The first line break behind an offset that is in no comment. */
function breakAfter(text: string, from: number, comments: readonly Span[], end: number): number | undefined {
  for (let at = from; at < end; at = comments.find(({ start }) => start === at)?.end ?? at + 1) {
    if (isLineBreak(text.charCodeAt(at))) return at;
  }
  return undefined;
}

function hasBreak(text: string, from: number, to: number): boolean {
  return /[\r\n]/.test(text.slice(from, to));
}

/** The slots without those whose field stands further up already. */
function withoutRepeats({ parsed, slots }: List): Slot[] {
  const seen = new Set<string>();
  return slots.filter(({ item }) => {
    const key = fieldKey(item.value, parsed.query);
    if (key === undefined) return true;
    const column = `${key} ${item.alias?.name ?? ''}`;
    return !seen.has(column) && seen.add(column);
  });
}

/** By the letters of the field, whatever their case; `*` comes first. */
function sorted({ parsed }: List, slots: readonly Slot[]): Slot[] {
  const key = ({ item }: Slot): string =>
    (item.value.kind === 'star' ? ' ' : '') + parsed.text.slice(item.start, item.end).toLowerCase();
  return slots
    .map(slot => ({ slot, key: key(slot) }))
    .sort((one, other) => (one.key < other.key ? -1 : Number(other.key < one.key)))
    .map(({ slot }) => slot);
}

/** Puts the slots of `order` in the place of the first slots, and removes the others. None where a comment is lost. */
function arrange(list: List, order: readonly Slot[]): TextEdit[] {
  const { slots, parsed } = list;
  const { text } = parsed;
  const isInOrder = order.every((slot, index) => (order[index - 1]?.value.end ?? 0) <= slot.value.start);
  if (isInOrder) return keep(list, order);
  if (!canMove(list) || isCommentLost(list, order)) return [];

  const part = ({ start, end }: Span): string => text.slice(start, end);
  const edits = order.flatMap((from, index): TextEdit[] => {
    const to = slots[index];
    return to && to !== from
      ? [
          { ...to.value, newText: part(from.value) },
          { ...to.beside, newText: part(from.beside) },
        ]
      : [];
  });
  return [...edits.filter(({ start, end, newText }) => text.slice(start, end) !== newText), ...cut(list, order.length)];
}

/** Removes the slots that `kept` leaves out, with the white space behind them. None where a comment is lost. */
function keep(list: List, kept: readonly Slot[]): TextEdit[] {
  const { slots } = list;
  if (kept.length === slots.length || isCommentLost(list, kept)) return [];
  const isKept = new Set(kept);
  const count = slots.findLastIndex(slot => isKept.has(slot)) + 1;
  const edits = slots.slice(0, count).flatMap((slot, index): TextEdit[] => {
    const next = slots[index + 1];
    return isKept.has(slot) || !next ? [] : [{ start: slot.value.start, end: next.value.start, newText: '' }];
  });
  return [...edits, ...cut(list, count)];
}

/** Ends the list behind its first slots. */
function cut({ slots }: List, count: number): TextEdit[] {
  const last = slots[count - 1];
  const end = slots.at(-1);
  if (!last || !end || last === end) return [];
  return [
    { start: last.value.end, end: last.beside.start, newText: '' },
    { start: last.beside.end, end: end.beside.end, newText: '' },
  ];
}

function isCommentLost({ parsed, slots }: List, kept: readonly Slot[]): boolean {
  const isKept = new Set(kept);
  return slots.some(slot => !isKept.has(slot) && hasComment(parsed, { start: slot.value.start, end: slot.beside.end }));
}

/** Whether comments can change places: each field must have its line for itself then. */
function canMove({ parsed, slots, start, end }: List): boolean {
  const { text } = parsed;
  const hasAbove = slots.some(({ item, value }) => value.start < item.start);
  const hasBeside = slots.some(({ beside }) => beside.start < beside.end);
  const gaps = slots.map(({ beside }, index) => ({ start: beside.end, end: slots[index + 1]?.value.start ?? end }));
  if (hasAbove) gaps.push({ start, end: slots[0]?.value.start ?? start });
  return !(hasAbove || hasBeside) || gaps.every(gap => hasBreak(text, gap.start, gap.end));
}
