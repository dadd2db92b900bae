// The floor that our server is measured against: it keeps documents as we do, and answers every completion with the
// list that it was given at its start.
import { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
let items = [];
connection.onInitialize(({ initializationOptions }) => {
  items = initializationOptions.items;
  return {
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: {},
      diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
    },
  };
});
connection.onCompletion(({ textDocument, position }) => {
  documents.get(textDocument.uri)?.offsetAt(position);
  return { isIncomplete: false, items };
});
connection.languages.diagnostics.on(() => ({ kind: 'full', items: [] }));
documents.listen(connection);
connection.listen();
