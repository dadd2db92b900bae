/** Renaming of what a person has named: aliases and queries. All else has its name from Zuora. */
import { analyse, type Context } from './analysis';
import { dialects, type DialectTable } from './dialect';
import { openDocument, statementAt, type Statement } from './document';
import { applyEdits, type TextEdit } from './edits';
import { placeAt, placesIn, placesLike, type FileSpan, type OpenText, type Place } from './occurrences';

/** Why a name stays as it is, in words for the person who asked. */
export interface Refusal {
  readonly refusal: string;
}

/** A name that can be changed. */
export interface Renamable {
  /** Where it stands, quotes included, in offsets of the file. */
  readonly span: FileSpan;
  /** Without quotes and escapes. */
  readonly name: string;
}

/** An edit of one of the open files. */
export type FileEdit = TextEdit & FileSpan;

/** What can be renamed at an offset; `files` are all that are open, this one included. */
export function prepareRename(
  file: OpenText,
  offset: number,
  files: readonly OpenText[],
  context: Context,
): Renamable | Refusal {
  const place = placeAt(file, offset, files, context);
  return isOurs(place) ? { span: place, name: nameOf(place, file, context) } : notOurs;
}

/** The edits that put another name wherever the one at an offset stands. */
export function rename(
  file: OpenText,
  offset: number,
  newName: string,
  files: readonly OpenText[],
  context: Context,
): readonly FileEdit[] | Refusal {
  const place = placeAt(file, offset, files, context);
  if (!isOurs(place)) return notOurs;
  const name = newName.trim();
  if (name === '') return { refusal: 'A name needs at least one character' };
  if (/[\r\n]/.test(name)) return { refusal: 'A name stands on one line' };
  return place.kind === 'alias' ? renameAlias(place, name, file, context) : renameQuery(place, name, files, context);
}

const notOurs: Refusal = {
  refusal: 'Only an alias and the @name of a query can be renamed: all other names belong to Zuora',
};

function isOurs(place: Place | undefined): place is Place {
  return place?.kind === 'alias' || place?.kind === 'name';
}

function renameQuery(
  place: Place,
  name: string,
  files: readonly OpenText[],
  context: Context,
): readonly FileEdit[] | Refusal {
  const isTaken = placesLike({ ...place, key: name }, files, context).some(({ declares }) => declares);
  if (isTaken && name !== place.key) return { refusal: `Another query is called ${name}` };

  const places = placesLike(place, files, context);
  // A comment's mention of a name that queries share means any of them; to rename one of them ends the confusion.
  const isShared = places.filter(({ declares }) => declares).length > 1;
  if (isShared && !place.declares) {
    return { refusal: `Several queries are called ${place.text}; rename one of them at its @name` };
  }
  return (isShared ? [place] : places).map(({ uri, start, end }) => ({ uri, start, end, newText: name }));
}

function renameAlias(place: Place, name: string, file: OpenText, context: Context): readonly FileEdit[] | Refusal {
  const found = statementAt(file.document, place.start);
  if (!found) return notOurs;
  const { statement, start } = found;
  const { escapes } = dialects[analyse(statement, context).dialect];
  const edits = placesIn(statement, 0, file.uri, context)
    .filter(({ kind, key }) => kind === 'alias' && key === place.key)
    .map(({ uri, start, end }) => {
      const quote = quoteAt(statement.text, start);
      return { uri, start, end, newText: quote + escaped(name, quote, escapes) + quote };
    });

  // A name that is none without quotes, or that means something else in this query, shows in how the query then reads.
  const [renamed] = openDocument(applyEdits(statement.text, edits)).statements;
  const key = escaped(name, quoteAt(file.document.text, place.start), escapes).toLowerCase();
  if (!renamed || meanings(renamed, key, context) !== meanings(statement, place.key, context)) {
    return { refusal: `${name} is no alias without quotes, or means something else in this query` };
  }
  return edits.map(edit => ({ ...edit, start: start + edit.start, end: start + edit.end }));
}

/** What each word of a statement means, whatever the alias of that key is called. */
function meanings(statement: Statement, alias: string, context: Context): string {
  return placesIn(statement, 0, '', context)
    .map(({ kind, key }) => (kind === 'alias' && key === alias ? 'renamed' : `${kind} ${key}`))
    .join('\n');
}

function nameOf({ kind, start, text }: Place, file: OpenText, context: Context): string {
  const found = statementAt(file.document, start);
  const quote = quoteAt(file.document.text, start);
  if (kind !== 'alias' || !found || quote === '') return text;
  return dialects[analyse(found.statement, context).dialect].escapes === 'backslash'
    ? text.replace(/\\(.)/g, '$1')
    : text.replaceAll(quote + quote, quote);
}

function escaped(name: string, quote: string, escapes: DialectTable['escapes']): string {
  if (quote === '') return name;
  return escapes === 'backslash' ? name.replace(/[\\'"]/g, '\\$&') : name.replaceAll(quote, quote + quote);
}

/** The quote at an offset; empty where another character stands. */
function quoteAt(text: string, offset: number): string {
  const character = text.charAt(offset);
  return character === '"' || character === "'" ? character : '';
}
