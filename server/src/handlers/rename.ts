import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { openTexts, toRange, toWorkspaceEdit } from '../convert';
import type { Feature } from '../feature';
import { prepareRename, rename as renameAt, type Refusal } from '../zoql/index';

export const rename: Feature = {
  abilities: client => ({
    renameProvider: client.textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
  }),
  listen: server => {
    server.connection.onPrepareRename(
      server.handler('rename', null, (file, { position }) => {
        const found = prepareRename(file, file.offsetAt(position), openTexts(server), server.context);
        return 'refusal' in found ? refused(found) : { range: toRange(file, found.span), placeholder: found.name };
      }),
    );
    server.connection.onRenameRequest(
      server.handler('rename', null, (file, { position, newName }) => {
        const edits = renameAt(file, file.offsetAt(position), newName, openTexts(server), server.context);
        return 'refusal' in edits ? refused(edits) : toWorkspaceEdit(server, edits);
      }),
    );
  },
};

/** Editors show these words where the new name would have been typed. */
function refused({ refusal }: Refusal): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestFailed, refusal);
}
