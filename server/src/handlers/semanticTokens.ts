import type {
  ClientCapabilities,
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
} from 'vscode-languageserver';
import { toSpan } from '../convert';
import type { OpenFile } from '../documents';
import type { Feature } from '../feature';
import { semanticTokens as tokensIn, tokenModifiers, tokenTypes, type SemanticToken } from '../zoql/index';

export const semanticTokens: Feature = {
  abilities: client => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: takesDeltas(client) ? { delta: true } : true,
      range: true,
    },
  }),
  listen: server => {
    const { semanticTokens: requests } = server.connection.languages;
    /** What a client was last told of a file, for telling it of what has changed since. */
    const told = new WeakMap<OpenFile, Told>();

    const tokensOf = (file: OpenFile): SemanticTokens => {
      const data = encoded(file, tokensIn(file.document, server.context));
      if (!takesDeltas(server.client)) return { data };
      const resultId = `${file.revision}.${server.contextNumber}`;
      told.set(file, { resultId, data: Uint32Array.from(data) });
      return { resultId, data };
    };
    requests.on(server.handler('semantic tokens', { data: [] }, tokensOf));
    requests.onDelta(
      server.handler<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta>(
        'semantic tokens',
        { data: [] },
        (file, { previousResultId }) => {
          const before = told.get(file);
          const after = tokensOf(file);
          if (before?.resultId !== previousResultId || after.resultId === undefined) return after;
          return { resultId: after.resultId, edits: editsBetween(before.data, after.data) };
        },
      ),
    );
    requests.onRange(
      server.handler('semantic tokens', { data: [] }, (file, { range }) => ({
        data: encoded(file, tokensIn(file.document, server.context, toSpan(file, range))),
      })),
    );
    server.whenChanged(() => {
      if (server.client.workspace?.semanticTokens?.refreshSupport) server.send('refresh', requests.refresh());
    });
  },
};

interface Told {
  readonly resultId: string;
  readonly data: Uint32Array;
}

function takesDeltas(client: ClientCapabilities): boolean {
  const full = client.textDocument?.semanticTokens?.requests.full;
  return typeof full === 'object' && full.delta === true;
}

/** Takes tokens in the order of the text, none of which spans lines: five numbers a token, each seen from the last. */
function encoded(file: OpenFile, tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  for (const token of tokens) {
    const { line, character } = file.positionAt(token.start);
    data.push(
      line - last.line,
      line === last.line ? character - last.character : character,
      token.end - token.start,
      tokenTypes.indexOf(token.type),
      token.modifiers.reduce((bits, modifier) => bits | (1 << tokenModifiers.indexOf(modifier)), 0),
    );
    last = { line, character };
  }
  return data;
}

/** The one edit that makes the new numbers of the old ones; none where they are the same. */
function editsBetween(before: Uint32Array, after: readonly number[]): SemanticTokensDelta['edits'] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  const data = after.slice(start, after.length - same);
  const deleteCount = before.length - same - start;
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
