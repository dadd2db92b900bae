// The floor that our server is measured against, on the same libraries: it keeps documents, and answers with the lists
// that it was given at its start. With `scan` it lexes the whole text before it answers, as the cheapest server would
// that keeps nothing. It honours cancellation.
import {
  createConnection,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
let given = { items: [], problems: [], scan: false };
connection.onInitialize(({ initializationOptions }) => {
  given = { ...given, ...initializationOptions };
  return {
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: {},
      diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
    },
  };
});
connection.onCompletion(({ textDocument, position }, token) => {
  if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  documents.get(textDocument.uri)?.offsetAt(position);
  return { isIncomplete: false, items: given.items };
});
connection.languages.diagnostics.on(({ textDocument }) => {
  if (given.scan) countTokens(documents.get(textDocument.uri).getText());
  return { kind: 'full', resultId: 'whole', items: given.problems };
});
documents.listen(connection);
connection.listen();

/** Splits a text into words, strings and single characters, the least that any lexer does. */
function countTokens(text) {
  let count = 0;
  for (let at = 0; at < text.length; count++) {
    const code = text.charCodeAt(at++);
    if (isWordPart(code)) while (isWordPart(text.charCodeAt(at))) at++;
    else if (code === 39) at = text.indexOf("'", at) + 1 || text.length;
  }
  return count;
}

function isWordPart(code) {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
