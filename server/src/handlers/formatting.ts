import type { FormattingOptions } from 'vscode-languageserver';
import { toSpan, toTextEdits } from '../convert';
import type { Feature, Server } from '../feature';
import { defaultFormatOptions, format, formatOnType, formatRange, type FormatOptions } from '../zoql/index';

/** Of a file, of a selection, and while a person types, where the editor is set to do that. */
export const formatting: Feature = {
  abilities: () => ({
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: ';', moreTriggerCharacter: ['\n'] },
  }),
  listen: server => {
    const { connection } = server;
    connection.onDocumentFormatting(
      server.handler('formatting', [], (file, { options }) =>
        toTextEdits(file, format(file.document, optionsOf(options, server))),
      ),
    );
    connection.onDocumentRangeFormatting(
      server.handler('formatting', [], (file, { range, options }) =>
        toTextEdits(file, formatRange(file.document, toSpan(file, range), optionsOf(options, server))),
      ),
    );
    connection.onDocumentOnTypeFormatting(
      server.handler('formatting', [], (file, { position, ch, options }) =>
        toTextEdits(file, formatOnType(file.document, file.offsetAt(position), ch, optionsOf(options, server))),
      ),
    );
  },
};

function optionsOf(
  { insertSpaces, tabSize, insertFinalNewline }: FormattingOptions,
  { settings }: Server,
): FormatOptions {
  return {
    // No editor indents by more; a number out of all reason must not fill the memory.
    indent: insertSpaces ? ' '.repeat(Math.min(Math.max(tabSize, 1), 16)) : '\t',
    keywordCase: settings['format.keywordCase'],
    maxLineLength: settings['format.maxLineLength'],
    insertFinalNewline: insertFinalNewline ?? defaultFormatOptions.insertFinalNewline,
  };
}
