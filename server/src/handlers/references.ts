import { openTexts, toLocations } from '../convert';
import type { Feature } from '../feature';
import { references as referencesTo } from '../zoql/index';

export const references: Feature = {
  abilities: () => ({ referencesProvider: true }),
  listen: server =>
    server.connection.onReferences(
      server.handler('references', [], (file, { position, context: { includeDeclaration } }) => {
        const places = referencesTo(file, file.offsetAt(position), openTexts(server), server.context);
        return toLocations(server, includeDeclaration ? places : places.filter(({ declares }) => !declares));
      }),
    ),
};
