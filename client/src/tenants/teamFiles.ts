// Where the files of a workspace's teams are, and what they say now.
import * as vscode from 'vscode';
import { teamFileName, type TeamTenants } from './profiles';
import { readTeamFiles, type TeamFile } from './teamFile';

export interface TeamFiles extends vscode.Disposable {
  /** What they name; nothing while the workspace is not trusted. */
  tenants(): TeamTenants;
  readonly onDidChange: vscode.Event<void>;
}

/** Reads the files, and again whenever one changes. Resolves when they were read once. */
export async function openTeamFiles(): Promise<TeamFiles> {
  let known: TeamTenants = { profiles: [], problems: [] };
  /** Of several readings that overlap, the one that began last counts. */
  let latest = 0;
  const read = async () => {
    const own = ++latest;
    const files = vscode.workspace.isTrusted ? await readFiles() : [];
    if (own === latest) known = readTeamFiles(files);
  };
  const changed = new vscode.EventEmitter<void>();
  const readAgain = () => void read().then(() => changed.fire());
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${teamFileName}`);
  const watching = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidChange(readAgain),
    watcher.onDidCreate(readAgain),
    watcher.onDidDelete(readAgain),
    vscode.workspace.onDidChangeWorkspaceFolders(readAgain),
    vscode.workspace.onDidGrantWorkspaceTrust(readAgain),
  );
  await read();
  return { tenants: () => known, onDidChange: changed.event, dispose: () => void watching.dispose() };
}

async function readFiles(): Promise<TeamFile[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const files = await Promise.all(
    folders.map(async ({ uri, name }) => {
      const file = vscode.Uri.joinPath(uri, teamFileName);
      const bytes = await vscode.workspace.fs.readFile(file).then(
        read => read,
        () => undefined, // There is none, as in most folders.
      );
      const label = folders.length === 1 ? teamFileName : `${name}/${teamFileName}`;
      return bytes ? [{ label, text: new TextDecoder().decode(bytes) }] : [];
    }),
  );
  return files.flat();
}
