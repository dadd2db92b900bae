// What the bench measures with: files of many queries, one query as long as a file, and a catalogue of a large tenant.

const objects = ['Account', 'Invoice', 'Subscription', 'Payment'];
const linesOfAQuery = 5;

/** Five lines a query, in the proportions of real ones; typed is in the middle one's select list. */
export function manyQueries(count) {
  const queries = Array.from({ length: count }, (_, number) => {
    const object = objects[number % objects.length];
    return [
      `select Id, ${object}.CreatedDate, Account.Name, Account.BillToContact.WorkEmail as Email${number}`,
      `from ${object}`,
      `where Account.Status = 'Active' and (${object}.UpdatedDate >= '2026-01-01T00:00:00' or Account.Balance > ${number})`,
      `order by ${object}.CreatedDate desc`,
      `limit ${number + 1};`,
    ].join('\n');
  });
  return { text: queries.join('\n'), line: Math.floor(count / 2) * linesOfAQuery, character: 'select '.length };
}

/** One query with as many fields as `manyQueries` has queries, and of as many bytes; typed is at its front. */
export function oneQuery(count) {
  const conditions = Array.from({ length: count }, (_, number) => `Account.Name = 'Customer ${number}'`);
  const fields = Array.from({ length: count }, (_, number) => `Account.BillToContact.WorkEmail as Email${number}`);
  const text = `select Id, ${fields.join(',\n  ')}\nfrom Account\nwhere ${conditions.join('\n  or ')};`;
  return { text, line: 0, character: 'select '.length };
}

/** `select Id from Account0;`, one a line: what a parser costs for each statement. */
export function smallQueries(count) {
  return Array.from({ length: count }, (_, number) => `select Id from Account${number};`).join('\n');
}

/** The compact form of a catalogue, which `server/catalogue.mjs` explains. */
export function largeCatalogue(objectCount, fieldCount) {
  const names = Array.from({ length: fieldCount }, (_, number) => `Field${number}__c`);
  const bits = ((2 << 4) | (2 << 6) | (2 << 8) | (1 << 10)).toString(36);
  const fields = names.map((_, number) => `${number.toString(36)}.${bits}`).join(' ');
  const inBothDialects = 3;
  return {
    generated: '2026-01-01',
    notInAqua: [],
    names: names.join(' '),
    values: [],
    objects: Array.from({ length: objectCount }, (_, number) => [`Object${number}`, 0, inBothDialects, 0, fields, '']),
  };
}
