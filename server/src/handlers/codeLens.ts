import { CodeLensRefreshRequest, type CodeLens, type Command } from 'vscode-languageserver';
import type { OpenFile } from '../documents';
import type { Feature } from '../feature';
import { submitFileCommand, submitQueryCommand } from '../protocol';
import { codeLenses, dialectTitle, type Lens } from '../zoql/index';

/** Only for clients that can run what a lens offers: one that does nothing is only in the way. */
export const codeLens: Feature = {
  abilities: (_client, commands) =>
    commands.has(submitQueryCommand) && commands.has(submitFileCommand)
      ? { codeLensProvider: { resolveProvider: true } }
      : {},
  listen: server => {
    const { connection } = server;
    connection.onCodeLens(
      server.handler('code lens', [], file =>
        server.settings['codeLens.enabled'] ? codeLenses(file.document).map(lens => toCodeLens(file, lens)) : [],
      ),
    );
    // An editor resolves the lenses that a person sees, and only these need to know their dialect.
    connection.onCodeLensResolve((lens, token) => {
      const uri: unknown = lens.data;
      const resolve = server.handler('code lens', lens, file => {
        const title = dialectTitle(file.document, file.offsetAt(lens.range.start), server.context) ?? '';
        return { ...lens, command: { title, command: '' } };
      });
      return resolve({ textDocument: { uri: String(uri) } }, token);
    });
    server.whenChanged(() => {
      if (server.client.workspace?.codeLens?.refreshSupport) {
        server.send('refresh', connection.sendRequest(CodeLensRefreshRequest.type));
      }
    });
  },
};

/** A lens without a command has the file's URI as its data, and gets its words when it is resolved. */
function toCodeLens(file: OpenFile, { offset, kind }: Lens): CodeLens {
  const start = file.positionAt(offset);
  const range = { start, end: start };
  switch (kind) {
    case 'dialect':
      return { range, data: file.uri };
    case 'submit query':
      return { range, command: command('Submit This Query', submitQueryCommand, file.uri, start) };
    case 'submit file':
      return { range, command: command('Submit File', submitFileCommand, file.uri) };
  }
}

function command(title: string, name: string, ...args: readonly unknown[]): Command {
  return { title, command: name, arguments: [...args] };
}
