import { currencies, currencyName } from '../currencies';
import { nearest } from '../nearest';
import { currenciesOf, queryOptions } from '../queryOptions';
import type { CheckContext } from './check';
import { removalOf } from './directives';

/**
 * malformed-directive: `-- @apiVersion`, `-- @convertToCurrencies` or `-- @deleted` with a value that nothing can be made
 * of: the query would run without it. 90021 is what AQuA says of currencies that are none.
 */
export function malformedDirective({ statement, report }: CheckContext): void {
  if (statement.parsed.directives.length === 0) return;
  for (const { start, end, message, fixes } of queryOptions(statement.parsed).faults) {
    report({ start, end, code: 'malformed-directive', message, severity: 'error', fixes: () => fixes });
  }
}

/** unknown-currency: three letters that ISO 4217 does not have (AQuA error 90021). */
export function unknownCurrency({ statement, report }: CheckContext): void {
  if (statement.parsed.directives.length === 0) return;
  const { convertToCurrencies } = queryOptions(statement.parsed);
  if (!convertToCurrencies) return;
  for (const { start, end, code } of currenciesOf(convertToCurrencies.directive)) {
    if (currencies.includes(code)) continue;
    report({
      start,
      end,
      code: 'unknown-currency',
      message: `${code} is no currency that is in use`,
      severity: 'warning',
      fixes: () => {
        const meant = nearest(code, currencies);
        if (meant === undefined) return [];
        return [{ title: `Change to ${meant} (${currencyName(meant)})`, edits: [{ start, end, newText: meant }] }];
      },
    });
  }
}

/** The oldest version that converts currencies (Zuora API reference, "Submit an aggregate query job"). */
const oldestWithCurrencies = 78;

/** version-too-old: `-- @convertToCurrencies` in a query that is to run with a version that cannot. */
export function versionTooOld({ statement, report }: CheckContext): void {
  if (statement.parsed.directives.length === 0) return;
  const { apiVersion, convertToCurrencies } = queryOptions(statement.parsed);
  if (!apiVersion || !convertToCurrencies || oldestWithCurrencies <= Number(apiVersion.value)) return;
  const { start, end } = apiVersion.directive.valueSpan;
  const newText = `${oldestWithCurrencies}.0`;
  report({
    start,
    end,
    code: 'version-too-old',
    message: `Currencies are converted from version ${newText} on`,
    severity: 'error',
    fixes: () => [
      { title: `Change to ${newText}`, edits: [{ start, end, newText }], preferred: true },
      { ...removalOf(apiVersion.directive, statement.text), preferred: false },
    ],
  });
}

/**
 * no-deleted-rows: `-- @deleted` on an object whose deleted rows AQuA cannot export, which costs the whole job (90017).
 *
 * Source: Zuora docs, "Export deleted data", limitations; public clients know of more objects than it names.
 */
export function noDeletedRows({ statement, object, report }: CheckContext): void {
  if (!object?.withoutDeleted || statement.parsed.directives.length === 0) return;
  const { deleted } = queryOptions(statement.parsed);
  if (!deleted) return;
  report({
    ...deleted.directive.nameSpan,
    code: 'no-deleted-rows',
    message: `AQuA cannot export deleted rows of ${object.name}`,
    severity: 'error',
    fixes: () => [removalOf(deleted.directive, statement.text)],
  });
}
