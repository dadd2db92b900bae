import { openTexts, toLocations } from '../convert';
import type { Feature } from '../feature';
import { definition as definitionOf } from '../zoql/index';

export const definition: Feature = {
  abilities: () => ({ definitionProvider: true }),
  listen: server =>
    server.connection.onDefinition(
      server.handler('definition', [], (file, { position }) =>
        toLocations(server, definitionOf(file, file.offsetAt(position), openTexts(server), server.context)),
      ),
    ),
};
