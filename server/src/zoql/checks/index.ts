/** All checks. A new one is a file beside this one, a line here, and a code in problemCodes.ts. */
import type { Check } from './check';
import { inAndBetween } from './inAndBetween';
import { likePattern } from './likePattern';
import { nestedAggregate } from './nestedAggregate';
import { notEqualSign } from './notEqualSign';
import { onlyInExport } from './onlyInExport';
import { semicolonMissing } from './semicolonMissing';
import { unknownType } from './unknownType';

export const checks: readonly Check[] = [
  semicolonMissing,
  unknownType,
  onlyInExport,
  inAndBetween,
  likePattern,
  nestedAggregate,
  notEqualSign,
];
