import type { Position, TextDocumentContentChangeEvent, TextDocumentsConfiguration } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { openDocument, type ZoqlDocument } from './zoql/index';

/** How `TextDocuments` makes and changes the files that the server keeps. */
export const openFiles: TextDocumentsConfiguration<OpenFile> = {
  create: (uri, languageId, version, content) => new OpenFile(TextDocument.create(uri, languageId, version, content)),
  update: (file, changes, version) => {
    file.edit(changes, version);
    return file;
  },
};

/** A file that is open in the editor: its text, and its statements from the first time somebody asks for them. */
export class OpenFile {
  private statements: ZoqlDocument | undefined;
  private revisionOfText = nextRevision++;

  constructor(private readonly source: TextDocument) {}

  get uri(): string {
    return this.source.uri;
  }

  get version(): number {
    return this.source.version;
  }

  /** Names this text in this process: no other text gets it, not even that of the same file opened anew. */
  get revision(): number {
    return this.revisionOfText;
  }

  /** The statements of the text as it is now; those that the last edits did not touch are the same objects as before. */
  get document(): ZoqlDocument {
    const text = this.source.getText();
    if (this.statements?.text !== text) this.statements = openDocument(text, this.statements);
    return this.statements;
  }

  /** The offset of a position; one outside of the text counts as the nearest one inside. */
  offsetAt(position: Position): number {
    return this.source.offsetAt(position);
  }

  /** The position of an offset; one outside of the text counts as the nearest one inside. */
  positionAt(offset: number): Position {
    return this.source.positionAt(offset);
  }

  edit(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.revisionOfText = nextRevision++;
    for (const change of changes) TextDocument.update(this.source, [this.clamped(change)], version);
  }

  /** TextDocument loses count of its lines when an edit begins behind the last one. */
  private clamped(change: TextDocumentContentChangeEvent): TextDocumentContentChangeEvent {
    if (!('range' in change)) return change;
    const { start, end } = change.range;
    return {
      range: { start: this.positionAt(this.offsetAt(start)), end: this.positionAt(this.offsetAt(end)) },
      text: change.text,
    };
  }
}

let nextRevision = 1;
