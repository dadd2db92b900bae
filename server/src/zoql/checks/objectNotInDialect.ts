import { dialects } from '../dialect';
import type { CheckContext } from './check';
import { isObjectServed, otherDialect } from './names';
import { declareOther } from './otherDialect';

/**
 * object-not-in-dialect: FROM names an object that the other dialect has, or of which no source says that it can be
 * queried. Sources disagree on some: an object whose fields are documented as exported is only told of.
 *
 * Source: Zuora docs, "Data Sources and Objects" for Export ZOQL, SOAP object reference for ZOQL.
 */
export function objectNotInDialect(context: CheckContext): void {
  const { query, object, dialect, report } = context;
  if (!query.from || !object || isObjectServed(context)) return;
  const { start, end } = query.from;
  const { name, zoql, exported, fields } = object;
  const [here, there] = [dialect, otherDialect(dialect)].map(key => dialects[key].name);
  const isNowhere = !zoql && !exported;
  const isDoubtful = isNowhere || (dialect === 'zoqlexport' && fields.some(field => field.exported === true));
  report({
    start,
    end,
    code: 'object-not-in-dialect',
    message: isNowhere
      ? `No source says that AQuA serves ${name}`
      : isDoubtful
        ? `${name} is documented as an object of ${there}; ${here} may not have it`
        : `${here} has no ${name}; ${there} does`,
    severity: isDoubtful ? 'information' : 'warning',
    fixes: () => declareOther(context),
  });
}
