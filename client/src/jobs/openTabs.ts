// Which of the open tabs are ZOQL documents, and in what order they are submitted. Plain data in, plain data out.
//
// Only tabs count. A document without a tab is one that another extension opened in the background, or one that VS Code
// has not yet let go of after its tab was closed: the person does not see it, so it must not go out.
import { isSomebodysWork } from '../schemes';

/** A tab with one text, or the right side of a tab that compares two. */
export interface OpenTab {
  /** The position of its group from the left, from 1. Groups come in the order they were made, which is another one. */
  readonly column: number;
  readonly uri: string;
  readonly scheme: string;
  /** The path part of the URI, with forward slashes. */
  readonly path: string;
}

export interface TabContext {
  /** The language of a loaded document; undefined for a restored tab that was never shown, which has none yet. */
  languageOf(uri: string): string | undefined;
  /** The setting `files.associations`: glob to language id. */
  readonly associations: Readonly<Record<string, string>>;
}

export interface ZoqlTab {
  readonly uri: string;
  /** False where the document still has to be opened, after which its language decides. */
  readonly loaded: boolean;
}

/** The ZOQL documents among the tabs: groups left to right, tabs in their order, each document once. */
export function zoqlTabs(tabs: readonly OpenTab[], context: TabContext): ZoqlTab[] {
  const associated = Object.entries(context.associations)
    .filter(([, language]) => language === 'zoql')
    .map(([glob]) => glob);
  const found = new Map<string, ZoqlTab>();
  for (const tab of [...tabs].sort((one, other) => one.column - other.column)) {
    if (found.has(tab.uri) || !isSomebodysWork(tab.scheme)) continue;
    const language = context.languageOf(tab.uri);
    const loaded = language !== undefined;
    const counts = loaded ? language === 'zoql' : mayBeZoql(tab.path, associated);
    if (counts) found.set(tab.uri, { uri: tab.uri, loaded });
  }
  return [...found.values()];
}

function mayBeZoql(path: string, associated: readonly string[]): boolean {
  return /\.(zoql|zql)$/i.test(path) || associated.some(glob => matchesAssociation(glob, path));
}

/** VS Code's rule for `files.associations`: with a slash the glob is for the whole path, without for the file's name. */
function matchesAssociation(glob: string, path: string): boolean {
  const subject = glob.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  try {
    return new RegExp(`^${globSource(glob)}$`, 'is').test(subject);
  } catch {
    return false; // A range such as [z-a]: VS Code ignores the association as well.
  }
}

function globSource(glob: string): string {
  return glob.replace(
    /\*\*\/|\*\*|\*|\?|\{([^{}]*)\}|\[!?([^\]]+)\]|[\s\S]/g,
    (part, alternatives: string | undefined, characters: string | undefined) => {
      if (alternatives !== undefined) return `(?:${alternatives.split(',').map(globSource).join('|')})`;
      if (characters !== undefined) {
        return `[${part.startsWith('[!') ? '^' : ''}${characters.replace(/[\\\]^]/g, '\\$&')}]`;
      }
      switch (part) {
        case '**/':
          return '(?:.*/)?';
        case '**':
          return '.*';
        case '*':
          return '[^/]*';
        case '?':
          return '[^/]';
        default:
          return part.replace(/[.+^$()|[\]{}\\]/, '\\$&');
      }
    },
  );
}
