import type { ClientCapabilities, CodeAction as LspCodeAction } from 'vscode-languageserver';
import { toDiagnostic, toSpan, toWorkspaceEdit } from '../convert';
import type { OpenFile } from '../documents';
import type { Feature, Server } from '../feature';
import { codeActions as actionsFor, type CodeAction } from '../zoql/index';

/** Only for clients that take edits as actions: the server has no commands of its own. */
export const codeActions: Feature = {
  abilities: client => (takesEdits(client) ? { codeActionProvider: { codeActionKinds: Object.keys(kinds) } } : {}),
  listen: server =>
    server.connection.onCodeAction(
      server.handler('code actions', [], (file, { range, context: { only } }) =>
        takesEdits(server.client)
          ? actionsFor(file.document, toSpan(file, range), server.context, only).map(action =>
              toCodeAction(server, file, action),
            )
          : [],
      ),
    ),
};

/** The type makes the list complete. */
const kinds: Record<CodeAction['kind'], true> = {
  quickfix: true,
  'refactor.rewrite': true,
  'source.fixAll.zoql': true,
  'source.organizeFields': true,
};

function takesEdits(client: ClientCapabilities): boolean {
  return client.textDocument?.codeAction?.codeActionLiteralSupport !== undefined;
}

function toCodeAction(server: Server, file: OpenFile, action: CodeAction): LspCodeAction {
  const { title, kind, preferred, problem } = action;
  return {
    title,
    kind,
    ...(problem && { diagnostics: [toDiagnostic(server, file, problem)] }),
    ...(preferred && { isPreferred: true }),
    edit: toWorkspaceEdit(
      server,
      action.edits.map(edit => ({ ...edit, uri: file.uri })),
    ),
  };
}
