import { CodeLensRefreshRequest, type CodeLens, type Command } from 'vscode-languageserver';
import type { OpenFile } from '../documents';
import type { Feature } from '../feature';
import { submitFileCommand, submitQueryCommand } from '../protocol';
import { codeLenses, type Lens } from '../zoql/index';

/** Only for clients that can run what a lens offers: one that does nothing is only in the way. */
export const codeLens: Feature = {
  abilities: (_client, commands) =>
    commands.has(submitQueryCommand) && commands.has(submitFileCommand) ? { codeLensProvider: {} } : {},
  listen: server => {
    const { connection } = server;
    // With all their words: what an editor asked for one by one would come when the text is another already.
    connection.onCodeLens(
      server.handler('code lens', [], file =>
        server.settings['codeLens.enabled']
          ? codeLenses(file.document, server.context).map(lens => toCodeLens(file, lens))
          : [],
      ),
    );
    server.whenChanged(() => {
      if (server.client.workspace?.codeLens?.refreshSupport) {
        server.send('refresh', connection.sendRequest(CodeLensRefreshRequest.type));
      }
    });
  },
};

function toCodeLens(file: OpenFile, lens: Lens): CodeLens {
  const start = file.positionAt(lens.offset);
  const range = { start, end: start };
  switch (lens.kind) {
    case 'dialect':
      return { range, command: { title: lens.title, command: '' } };
    case 'submit query':
      return { range, command: command('Submit This Query', submitQueryCommand, file.uri, start, file.version) };
    case 'submit file':
      return { range, command: command('Submit File', submitFileCommand, file.uri) };
  }
}

function command(title: string, name: string, ...args: readonly unknown[]): Command {
  return { title, command: name, arguments: [...args] };
}
