import { dialects } from '../dialect';
import { declaration } from '../repairs';
import type { CheckContext } from './check';
import { isObjectServed, otherDialect } from './names';

/**
 * object-not-in-dialect: FROM names an object that only the other dialect has, or one of which no source says that it
 * can be queried. Silent on an object whose fields are documented as exported: public clients query one (Amendment) that
 * the list of data sources leaves out. A query of one without any aborts: "You must specify a select."
 *
 * Source: Zuora docs, "Data Sources and Objects" for Export ZOQL, SOAP object reference for ZOQL.
 */
export function objectNotInDialect(context: CheckContext): void {
  const { query, object, dialect, report } = context;
  if (!query.from || !object || isObjectServed(context)) return;
  const { start, end } = query.from;
  const { name, zoql, exported, fields } = object;
  const isNowhere = !zoql && !exported;
  if (!isNowhere && dialect === 'zoqlexport' && fields.some(field => field.exported)) return;
  const [here, there] = [dialects[dialect].name, dialects[otherDialect(dialect)].name];
  report({
    start,
    end,
    code: 'object-not-in-dialect',
    message: isNowhere ? `No source says that AQuA serves ${name}` : `${here} has no ${name}; ${there} does`,
    severity: isNowhere ? 'information' : 'warning',
    hidesOthers: true,
    fixes: () => (isNowhere ? [] : [declaration(context.statement, otherDialect(dialect))]),
  });
}
