// Which documents are somebody's work, for the language server and for submits alike. Plain data in, plain data out.

/** The scheme of the documents that show a query as it was sent. */
export const sentScheme = 'zoql-sent';

/** The scheme of the documents that show a request. */
export const requestScheme = 'zoql-request';

/** The scheme of the documents that show an object of the schema as a table, or in what two schemas differ. */
export const schemaScheme = 'zoql-schema';

/** The scheme of the documents that show a diagnosis of a connection. */
export const diagnosisScheme = 'zoql-diagnosis';

/**
 * What holds past versions and the other side of a comparison: VS Code's own git, merge and local history, GitLens, and
 * the pull requests of GitHub's extension.
 */
const lookedAt: ReadonlySet<string> = new Set([
  'git',
  'git-show',
  'gitfs',
  'gitlens',
  'merge-conflict.conflict-diff',
  'pr',
  'review',
  'vscode-local-history',
  'chat-editing-snapshot-text-model',
  'chat-editing-text-model',
  sentScheme,
  requestScheme,
  diagnosisScheme,
]);

/**
 * False for what is there to be looked at only. Every other scheme counts, whether or not it can be written to: a query on
 * a read-only share, or of an extension that nobody here has heard of, is as good as one on disk.
 */
export function isSomebodysWork(scheme: string): boolean {
  return !lookedAt.has(scheme);
}
