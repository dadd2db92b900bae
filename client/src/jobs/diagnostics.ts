import * as vscode from 'vscode';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageId, submitQueryCommand } from '../../../server/src/protocol';
import { openDocument, type Catalogue, type ZoqlDocument } from '../../../server/src/zoql/index';
import type { Parts } from '../parts';
import { problemPage } from '../problemPages';
import { isSomebodysWork } from '../schemes';
import { querySentence } from '../words';
import { codeWords } from '../zuora/aquaErrors';
import { describeOrigin, jobProblems, type JobProblem } from './jobProblems';
import type { Job } from './model';
import type { JobNode } from './tree';
import { hasVerdict, verdictOf } from './zuoraErrors';

/** How many of a file's jobs are looked at, the newest ones: what was wrong before those is history. */
const newestJobs = 20;

/** Changes of jobs within this time are looked at together. */
const gatherMs = 50;

/** Typing must not wait for a file's statements to be found again. */
const settleMs = 200;

/** A file that Zuora has said something about. */
interface Watched {
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** Its statements as they were last read: what was not edited since is not read again. */
  document: ZoqlDocument | undefined;
  shown: readonly Shown[];
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Shown {
  readonly diagnostic: vscode.Diagnostic;
  readonly problem: JobProblem;
}

export interface JobDiagnosticsOptions {
  readonly parts: Pick<Parts, 'store' | 'catalogue'>;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Shows what Zuora says of queries as problems of their files. Of files that are not open, those of this window's folders
 * count whose jobs have changed since the window was opened: a whole history of old mistakes would help nobody.
 */
export function showJobDiagnostics({ parts: { store, catalogue }, log }: JobDiagnosticsOptions): vscode.Disposable {
  const startedAt = Date.now();
  const collection = vscode.languages.createDiagnosticCollection('zoql.jobs');
  const files = new Map<string, Watched>();
  /** The newest look at each file: an older one that is still under way has nothing to say any more. */
  const looks = new Map<string, number>();
  let lookCount = 0;
  /** Files to look at soon: a history that is being read tells of many jobs one after another. */
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** There only while a problem can be shown. */
  let listening: vscode.Disposable | undefined;

  const endWatch = store.watch(keys => {
    for (const uri of filesOf(keys)) look(uri);
  });
  const opening = vscode.workspace.onDidOpenTextDocument(document => {
    if (document.languageId === languageId && isSomebodysWork(document.uri.scheme)) look(document.uri.toString());
  });
  for (const { uri, languageId: id } of vscode.workspace.textDocuments) if (id === languageId) look(uri.toString());

  return new vscode.Disposable(() => {
    clearTimeout(timer);
    endWatch();
    opening.dispose();
    for (const uri of [...files.keys()]) forget(uri);
    collection.dispose();
  });

  /** The files that a change of these jobs can make a difference to. */
  function filesOf(keys: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>();
    for (const key of keys) {
      const job = store.find(key);
      const isNews = job !== undefined && startedAt <= job.updatedAt;
      for (const uri of job?.files ?? []) {
        if (files.has(uri) || isOpen(uri) || (isNews && isInWorkspace(uri))) found.add(uri);
      }
    }
    // A job that was removed has no files any more.
    for (const [uri, { jobs }] of files) if (jobs.some(({ key }) => keys.includes(key))) found.add(uri);
    return found;
  }

  function look(uri: string): void {
    waiting.add(uri);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const each of waiting) readJobs(each).catch((error: unknown) => log.error(String(error)));
      waiting.clear();
    }, gatherMs);
  }

  /** Reads what the file's jobs say, and shows it. */
  async function readJobs(uri: string): Promise<void> {
    const thisLook = ++lookCount;
    looks.set(uri, thisLook);
    const newest = store.all().filter(job => job.files.includes(uri) && hasVerdict(job));
    const opened = await Promise.all(newest.slice(0, newestJobs).map(({ key }) => store.open(key)));
    const jobs = opened.filter(job => job !== undefined);
    if (looks.get(uri) !== thisLook) return;
    looks.delete(uri);
    const known = files.get(uri);
    clearTimeout(known?.timer);
    if (!jobs.some(job => hasErrorsIn(job, uri))) return forget(uri);
    files.set(uri, { jobs, document: known?.document, shown: known?.shown ?? [], timer: undefined });
    listening ??= listen();
    await show(uri);
  }

  async function show(uri: string): Promise<void> {
    const names = await catalogue();
    const text = await textOf(uri);
    const file = files.get(uri);
    if (!file) return;
    if (text === undefined) return forget(uri);
    file.document = openDocument(text, file.document);
    file.shown = shownOf(uri, file, names);
    collection.set(
      vscode.Uri.parse(uri, true),
      file.shown.map(({ diagnostic }) => diagnostic),
    );
  }

  function forget(uri: string): void {
    clearTimeout(files.get(uri)?.timer);
    if (!files.delete(uri)) return;
    collection.delete(vscode.Uri.parse(uri, true));
    if (0 < files.size) return;
    listening?.dispose();
    listening = undefined;
  }

  function showSoon(uri: string): void {
    const file = files.get(uri);
    if (!file) return;
    clearTimeout(file.timer);
    file.timer = setTimeout(() => {
      show(uri).catch((error: unknown) => log.error(String(error)));
    }, settleMs);
  }

  function listen(): vscode.Disposable {
    const onDisk = vscode.workspace.createFileSystemWatcher('**/*.{zoql,zql}', true);
    const changed = (uri: vscode.Uri) => showSoon(uri.toString());
    return vscode.Disposable.from(
      onDisk,
      onDisk.onDidChange(changed),
      onDisk.onDidDelete(changed),
      vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)),
      // Edits that nobody saved are gone with the editor.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => changed(uri)),
      vscode.languages.registerCodeActionsProvider(
        { language: languageId },
        { provideCodeActions: (document, _, { diagnostics }) => actionsFor(document, diagnostics) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    );
  }

  /** What can be done about the problems of ours among those at the cursor. */
  function actionsFor(document: vscode.TextDocument, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
    const shown = files.get(document.uri.toString())?.shown ?? [];
    return shown.flatMap(({ diagnostic, problem }) => {
      if (!diagnostics.some(each => isSame(each, diagnostic))) return [];
      const node: JobNode = { kind: 'job', key: problem.job.key };
      const query = [document.uri.toString(), diagnostic.range.start, document.version];
      return [
        action('Show Job', diagnostic, { title: 'Show Job', command: 'zoql.showJob', arguments: [node] }),
        action('Submit This Query Again', diagnostic, {
          title: 'Submit This Query Again',
          command: submitQueryCommand,
          arguments: query,
        }),
      ];
    });
  }
}

function hasErrorsIn(job: Job, uri: string): boolean {
  return verdictOf(job, undefined).errors.some(({ query }) => job.queries[query]?.source.uri === uri);
}

function shownOf(uri: string, { document, jobs }: Watched, catalogue: Catalogue): Shown[] {
  if (!document) return [];
  const lines = TextDocument.create(uri, languageId, 0, document.text);
  const position = (offset: number) => {
    const { line, character } = lines.positionAt(offset);
    return new vscode.Position(line, character);
  };
  return jobProblems(uri, document, jobs, catalogue).map(problem => {
    const range = new vscode.Range(position(problem.start), position(problem.end));
    return { problem, diagnostic: diagnosticOf(problem, new vscode.Location(vscode.Uri.parse(uri, true), range)) };
  });
}

function diagnosticOf(problem: JobProblem, location: vscode.Location): vscode.Diagnostic {
  const { kind, code, changed } = problem;
  const severity = kind === 'ignored' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error;
  const diagnostic = new vscode.Diagnostic(location.range, querySentence(problem, { changed }), severity);
  diagnostic.source = 'Zuora';
  if (code !== undefined) diagnostic.code = codeWords(code) ? { value: code, target: problemPage(code) } : code;
  diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(location, describeOrigin(problem))];
  return diagnostic;
}

function action(title: string, diagnostic: vscode.Diagnostic, command: vscode.Command): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [diagnostic];
  made.command = command;
  return made;
}

/** VS Code hands out copies. */
function isSame(one: vscode.Diagnostic, other: vscode.Diagnostic): boolean {
  return one.source === other.source && one.message === other.message && one.range.isEqual(other.range);
}

/** The file as it is in the editor, else as it is on disk; undefined where there is none. */
async function textOf(uri: string): Promise<string | undefined> {
  const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === uri);
  if (document) return document.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true)));
  } catch {
    return undefined;
  }
}

function isOpen(uri: string): boolean {
  return vscode.workspace.textDocuments.some(document => document.uri.toString() === uri);
}

function isInWorkspace(uri: string): boolean {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri, true)) !== undefined;
}
