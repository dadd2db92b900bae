/** All checks. A new one is a file beside this one, a line here, and a code in problemCodes.ts. */
import type { Check } from './check';
import { joinInFilter, manyJoins, notEqualDropsNull, removedRatePlans, starLacksKeys, updatedDate } from './advice';
import { columnName, columnNameIgnored, duplicateColumnName, duplicateField } from './columns';
import { dataQuerySql } from './dataQuerySql';
import { datetimeWithSpace } from './datetimeWithSpace';
import { dateType } from './dateType';
import { repeatedDirective, unknownDirective, unknownType } from './directives';
import { distinctOutsideCount } from './distinctOutsideCount';
import { doubleQuotes } from './doubleQuotes';
import { fieldNotInDialect } from './fieldNotInDialect';
import { foreignKey } from './foreignKey';
import { functionArgument } from './functionArgument';
import { functionInWhere } from './functionInWhere';
import { aggregatePlace, groupByLimit, havingWithoutGroupBy, notGrouped } from './grouping';
import { inAndBetween } from './inAndBetween';
import { likePattern, likeWithoutWildcard } from './likePattern';
import { queryTooLong, tooManyConditions } from './limits';
import { malformedDate } from './malformedDate';
import { nestedAggregate } from './nestedAggregate';
import { notEqualSign } from './notEqualSign';
import { notFilterable } from './notFilterable';
import { nullOnDate, nullOperator } from './nullComparison';
import { objectNotInDialect } from './objectNotInDialect';
import { onlyInExport } from './onlyInExport';
import { operatorType } from './operatorType';
import { malformedDirective, noDeletedRows, unknownCurrency, versionTooOld } from './queryOptions';
import { quotedValue } from './quotedValue';
import { relativeDate } from './relativeDate';
import { restrictedField } from './restrictedField';
import { semicolonMissing } from './semicolonMissing';
import { stringEscape } from './stringEscape';
import { pathWithoutField, unknownField } from './unknownField';
import { unknownFunction } from './unknownFunction';
import { unknownObject } from './unknownObject';
import { unknownRelation } from './unknownRelation';
import { unknownValue } from './unknownValue';
import { unquotedDate } from './unquotedDate';
import { valueAsField } from './valueAsField';
import { valueTooLong } from './valueTooLong';
import { valueType } from './valueType';

export const checks: readonly Check[] = [
  semicolonMissing,
  unknownType,
  unknownDirective,
  repeatedDirective,
  malformedDirective,
  unknownCurrency,
  versionTooOld,
  noDeletedRows,
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
  dataQuerySql,
  updatedDate,
  joinInFilter,
  manyJoins,
  notEqualDropsNull,
  starLacksKeys,
  removedRatePlans,
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
  dateType,
  datetimeWithSpace,
  doubleQuotes,
  functionInWhere,
  malformedDate,
  nullOnDate,
  nullOperator,
  operatorType,
  quotedValue,
  relativeDate,
  stringEscape,
  unknownValue,
  unquotedDate,
  valueAsField,
  valueTooLong,
  valueType,
  likeWithoutWildcard,
];
