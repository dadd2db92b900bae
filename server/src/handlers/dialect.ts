import type { CancellationToken } from 'vscode-languageserver';
import type { Feature } from '../feature';
import { dialectRequest, type DialectAnswer, type DialectParams } from '../protocol';
import { analyse, dialects, statementAt } from '../zoql/index';

/** For an editor's status line. It is none of LSP's own features, so no ability tells of it. */
export const dialect: Feature = {
  abilities: () => ({}),
  listen: server => {
    const answer = server.handler<DialectParams, DialectAnswer | null>('dialect', null, (file, { position }) => {
      const found = statementAt(file.document, file.offsetAt(position));
      if (!found) return null;
      const { choice } = analyse(found.statement, server.context);
      return { ...choice, name: dialects[choice.dialect].name };
    });
    server.connection.onRequest(dialectRequest, (params: DialectParams, token: CancellationToken) =>
      answer(params, token),
    );
  },
};
