import * as vscode from 'vscode';

/** The scheme of the pages that explain problems; package.json has VS Code show them as pages, not as Markdown's text. */
const scheme = 'zoql-problem';

/** Serves a page for each code of problems. Where the code leads: VS Code opens documents from there, and no commands. */
export function registerProblemPages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }) {
      const { describeProblem } = await import('./problemPage');
      return describeProblem(path.slice(1, -extension.length));
    },
  });
}

export function problemPage(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${code}${extension}` });
}

const extension = '.md';
