/** All checks. A new one is a file beside this one, a line here, and a code in problemCodes.ts. */
import type { Check } from './check';
import { columnName, columnNameIgnored, duplicateColumnName, duplicateField } from './columns';
import { unknownDirective, unknownType } from './directives';
import { distinctOutsideCount } from './distinctOutsideCount';
import { fieldNotInDialect } from './fieldNotInDialect';
import { foreignKey } from './foreignKey';
import { functionArgument } from './functionArgument';
import { aggregatePlace, groupByLimit, havingWithoutGroupBy, notGrouped } from './grouping';
import { inAndBetween } from './inAndBetween';
import { likePattern } from './likePattern';
import { queryTooLong, tooManyConditions } from './limits';
import { nestedAggregate } from './nestedAggregate';
import { notEqualSign } from './notEqualSign';
import { notFilterable } from './notFilterable';
import { objectNotInDialect } from './objectNotInDialect';
import { onlyInExport } from './onlyInExport';
import { restrictedField } from './restrictedField';
import { semicolonMissing } from './semicolonMissing';
import { pathWithoutField, unknownField } from './unknownField';
import { unknownFunction } from './unknownFunction';
import { unknownObject } from './unknownObject';
import { unknownRelation } from './unknownRelation';

export const checks: readonly Check[] = [
  semicolonMissing,
  unknownType,
  unknownDirective,
  onlyInExport,
  inAndBetween,
  likePattern,
  nestedAggregate,
  notEqualSign,
  distinctOutsideCount,
  notGrouped,
  aggregatePlace,
  havingWithoutGroupBy,
  groupByLimit,
  duplicateColumnName,
  columnNameIgnored,
  columnName,
  duplicateField,
  queryTooLong,
  tooManyConditions,
  unknownObject,
  objectNotInDialect,
  unknownField,
  pathWithoutField,
  unknownRelation,
  foreignKey,
  fieldNotInDialect,
  notFilterable,
  restrictedField,
  unknownFunction,
  functionArgument,
];
