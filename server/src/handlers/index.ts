/** All features of the server. A new one is a file beside this one and a line here. */
import type { Feature } from '../feature';
import { codeActions } from './codeActions';
import { codeLens } from './codeLens';
import { completion } from './completion';
import { definition } from './definition';
import { diagnostics } from './diagnostics';
import { dialect } from './dialect';
import { folding } from './folding';
import { formatting } from './formatting';
import { highlights } from './highlights';
import { hover } from './hover';
import { inlayHints } from './inlayHints';
import { references } from './references';
import { rename } from './rename';
import { schemaSnapshot } from './schemaSnapshot';
import { selectionRanges } from './selectionRanges';
import { semanticTokens } from './semanticTokens';
import { signatureHelp } from './signatureHelp';
import { symbols } from './symbols';
import { tenantFacts } from './tenantFacts';

export const features: readonly Feature[] = [
  codeActions,
  codeLens,
  completion,
  definition,
  diagnostics,
  dialect,
  folding,
  formatting,
  highlights,
  hover,
  inlayHints,
  references,
  rename,
  schemaSnapshot,
  selectionRanges,
  semanticTokens,
  signatureHelp,
  symbols,
  tenantFacts,
];
