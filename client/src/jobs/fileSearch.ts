// Which files a folder or a pattern means. What the setting files.exclude hides in the explorer is not found either.
import * as vscode from 'vscode';
import { zoqlFiles } from './collect';

/** In any case, as the explorer's menu takes them: the search itself tells capital letters apart. */
const zoqlPattern = '**/*.{[zZ][oO][qQ][lL],[zZ][qQ][lL]}';

/** Files as they are, and in place of each folder the ZOQL files below it by their paths; each file once. */
export async function filesOf(
  uris: readonly vscode.Uri[],
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const found = await Promise.all(
    uris.map(async uri => {
      if (!(await isFolder(uri))) return [uri];
      return byPath(await search(new vscode.RelativePattern(uri, zoqlPattern), token));
    }),
  );
  return [...new Map(found.flat().map(uri => [uri.toString(), uri])).values()];
}

/** The ZOQL files of the workspace that a pattern such as `billing/**` matches, by their paths. */
export async function matchingFiles(pattern: string, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const relative = pattern.trim().replace(/^(\.?\/)+/, '');
  return relative === '' ? [] : byPath(zoqlFiles(await search(relative, token)));
}

/** `undefined` for what is excluded stands for the setting files.exclude. */
async function search(pattern: vscode.GlobPattern, token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  return vscode.workspace.findFiles(pattern, undefined, undefined, token);
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false; // What is not there, or only in the editor, is told when it is read.
  }
}

function byPath(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...uris].sort((one, other) => one.path.localeCompare(other.path, 'en', { numeric: true }));
}
