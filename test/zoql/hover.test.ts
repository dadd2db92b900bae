import { test } from 'node:test';
import type { Catalogue } from '../../server/src/zoql/catalogue';
import { bundled, catalogueOf, fixture, object } from './catalogues';
import { hovers } from './helpers';

test('an object has its label, dialects and fields', () => {
  hovers(
    'select Id from Acc|ount',
    `
    Account
    ---
    **Account**

    In ZOQL and Export ZOQL.

    10 fields.

    *Test facts*
    `,
  );
  hovers(
    'select Id from |fund',
    `
    fund
    ---
    **Fund** — Prepaid Balance Fund

    In Export ZOQL.

    28 fields.

    Part of the Prepaid with Drawdown feature.

    *Bundled facts of 2026-11-23*
    `,
    { catalogue: bundled },
  );
  hovers(
    'select Id from InvoiceFile|',
    `
    InvoiceFile
    ---
    **InvoiceFile** — Invoice File

    In ZOQL.

    8 fields known; there are more.

    *Bundled facts of 2026-11-23*
    `,
    { catalogue: bundled },
  );
});

test('an object that AQuA does not serve says so; of an unknown one nothing is said', () => {
  hovers(
    'select Id from Charge|Metrics',
    `
    ChargeMetrics
    ---
    **ChargeMetrics**

    AQuA does not serve this object.
    `,
  );
  hovers('select Id from Not|hing', '');
});

test('a field has its label, type and uses', () => {
  hovers(
    'select Na|me from Account',
    `
    Name
    ---
    **Account.Name**

    \`string\`, at most 255 characters

    - ZOQL: yes
    - Export ZOQL: yes

    *Test facts*
    `,
  );
  hovers(
    'select Id from Account where notes| = null',
    `
    notes
    ---
    **Account.Notes**

    \`string\`

    - ZOQL: yes, but not in WHERE
    - Export ZOQL: yes

    *Test facts*
    `,
  );
  hovers(
    'select |Mrr from Account',
    `
    Mrr
    ---
    **Account.Mrr**

    \`decimal\`

    - ZOQL: no
    - Export ZOQL: yes

    *Test facts*
    `,
  );
});

test('a foreign key tells its path', () =>
  hovers(
    'select BillTo|Id from Account',
    `
    BillToId
    ---
    **Account.BillToId** — Bill To ID

    \`ID\`

    - ZOQL: yes
    - Export ZOQL: as \`BillToContact.Id\`

    *Test facts*
    `,
  ));

test('a picklist tells its values', () =>
  hovers(
    'select count(Stat|us) from Account',
    `
    Status
    ---
    **Account.Status**

    \`picklist\`

    - ZOQL: yes
    - Export ZOQL: yes

    Values: \`Draft\`, \`Active\`, \`On_Hold\`.

    *Test facts*
    `,
  ));

test('of many values the first ones are told, and how many there are', () => {
  const values = Array.from({ length: 23 }, (_, index) => `V${index}`).join(',');
  hovers(
    'select Kind| from Thing',
    `
    Kind
    ---
    **Thing.Kind**

    \`picklist\`

    - ZOQL: yes
    - Export ZOQL: yes

    23 values: ${Array.from({ length: 20 }, (_, index) => `\`V${index}\``).join(', ')} and 3 more.

    *Test facts*
    `,
    { catalogue: catalogueOf([object('Thing', 'zoql export', [`Kind picklist values=${values}`], {})]) },
  );
});

test('facts tell their day, and how old they are where today is known', () => {
  const ages: readonly [today: string, told: string][] = [
    ['2026-11-23', ''],
    ['2026-11-24', ', 1 day old'],
    ['2026-12-14', ', 3 weeks old'],
    ['2027-01-30', ', 2 months old'],
    ['2028-11-24', ', 2 years old'],
    ['2026-11-01', ''],
  ];
  for (const [today, told] of ages) {
    hovers(
      'select Id from CommunicationProfile|',
      `
      CommunicationProfile
      ---
      **CommunicationProfile** — Communication Profile

      In ZOQL.

      12 fields.

      *Bundled facts of 2026-11-23${told}*
      `,
      { catalogue: bundled, today },
    );
  }
});

test('what is a guess or not known says so', () => {
  hovers(
    'select Segm|ent from Account',
    `
    Segment
    ---
    **Account.Segment**

    \`string\` (guessed)

    The name is guessed from its label in Zuora.

    - ZOQL: yes
    - Export ZOQL: yes

    *Test facts*
    `,
  );
  hovers(
    'select Sta|te from Order',
    `
    State
    ---
    **Order.State**

    \`string\`

    - ZOQL: not known
    - Export ZOQL: not known

    *Test facts*
    `,
  );
});

test("ZOQL's rules for a field are told", () =>
  hovers(
    'select Bo|dy from Invoice',
    `
    Body
    ---
    **Invoice.Body**

    \`string\`

    - ZOQL: yes
    - Export ZOQL: not known

    - ZOQL: only when a single invoice is selected by Id.

    *Bundled facts of 2026-11-23*
    `,
    { catalogue: bundled },
  ));

test('values whose spelling is not sure say so', () =>
  hovers(
    'select Retry|Status__c from Invoice',
    `
    RetryStatus__c
    ---
    **Invoice.RetryStatus\\_\\_c** — Retry Status

    Custom field, \`picklist\`

    - ZOQL: not known
    - Export ZOQL: yes

    Values: \`Complete\`, \`In Progress\`. ZOQL may spell them differently.

    *Bundled facts of 2026-11-23*
    `,
    { catalogue: bundled },
  ));

test('a custom field that is not among the facts is told from a misspelt one', () => {
  hovers(
    'select Account.Region|__c from Contact',
    `
    Region__c
    ---
    **Account.Region\\_\\_c** — Region

    A custom field. The bundled facts hold standard fields only, so its type is not known.
    `,
  );
  hovers('select Nam|me from Account', '');
});

test('a step of a path tells where it leads', () => {
  hovers(
    'select ParentAccount.Bill|ToContact.Country from Account',
    `
    BillToContact
    ---
    **BillToContact** → **Contact**

    A step of a path, in Export ZOQL.

    3 fields.

    *Test facts*
    `,
  );
  hovers(
    'select Parent|Account.* from Account',
    `
    ParentAccount
    ---
    **ParentAccount** → **Account**

    A step of a path, in Export ZOQL. It depends on a Zuora feature.

    10 fields.

    *Test facts*
    `,
  );
  hovers(
    'select BillToContact|. from Account',
    `
    BillToContact
    ---
    **BillToContact** → **Contact**

    A step of a path, in Export ZOQL.

    3 fields.

    *Test facts*
    `,
  );
  hovers('select Nothing|.Id from Account', '');
});

test("before a field, the object's own name is the object", () =>
  hovers(
    'select Con|tact.Id from Contact',
    `
    Contact
    ---
    **Contact**

    In ZOQL and Export ZOQL.

    3 fields.

    *Test facts*
    `,
  ));

test('the field at the end of a path is of the object that the path leads to', () =>
  hovers(
    'select Id from Account order by BillToContact.Coun|try',
    `
    Country
    ---
    **Contact.Country**

    \`string\`

    - ZOQL: yes
    - Export ZOQL: yes

    *Test facts*
    `,
  ));

test('functions, keywords and directives have help', () => {
  hovers(
    'select COUNT|(Id) from Account',
    `
    COUNT
    ---
    **count**

    The number of values, of different values, or of rows.

    \`count([distinct] field or *)\`

    Export ZOQL only.
    `,
  );
  hovers(
    'select Id fro|m Account',
    `
    from
    ---
    **FROM**

    Names the one object that the query reads.

    \`from object\`
    `,
  );
  hovers(
    'select Id from Account gro|up by Id',
    `
    group
    ---
    **GROUP**

    Makes one row of all rows that have the same values in these fields.

    \`group by field, …\`

    Export ZOQL only.
    `,
  );
  hovers(
    '-- @na|me All\nselect Id from Account',
    `
    @name
    ---
    **@name**

    Names the query: its batch in an AQuA job has this name.

    \`-- @name value\`
    `,
  );
});

test('the options of a query have help on what they set', () => {
  hovers(
    '-- @apivers|ion 91.0\nselect Id from Account',
    `
    @apiversion
    ---
    **@apiVersion**

    The WSDL version that AQuA runs the query with; without it the newest.

    \`-- @apiVersion 91.0\`
    `,
  );
  hovers(
    '-- @deleted column=Gone for|mat=Boolean\nselect Id from Account',
    `
    format=Boolean
    ---
    **format**

    Boolean gives true and false, Numeric 1 and 0.

    \`format=Boolean\`
    `,
  );
  hovers(
    '-- @convertToCurrencies EUR, GB|P\nselect Id from Account',
    `
    GBP
    ---
    **GBP** — British Pound
    `,
  );
  hovers('-- @deleted co|l=Gone\nselect Id from Account', '');
  hovers('-- @convertToCurrencies EU|X\nselect Id from Account', '');
});

test('SELECT tells which dialect the query is in, and why', () =>
  hovers(
    'sel|ect Account.Name from Contact',
    `
    select
    ---
    **SELECT**

    Begins a query and lists what each row of the result holds.

    \`select field, …\`

    This query is Export ZOQL: uses a path (Account.Name).
    `,
  ));

test('strings, numbers, comments and gaps have nothing', () => {
  hovers("select Id from Account where Name = 'Na|me'", '');
  hovers('select Id from Account limit 1|0', '');
  hovers('select Id -- Na|me\nfrom Account', '');
  hovers('select Id from Account;  |', '');
  hovers('|', '');
  hovers('select | Id from Account', '');
});

test('offsets are of the file', () =>
  hovers(
    'select Id from Account;\n\nselect Fir|stName from Contact',
    `
    FirstName
    ---
    **Contact.FirstName** — First Name

    \`string\`

    - ZOQL: yes
    - Export ZOQL: yes

    *Test facts*
    `,
  ));

test('names from outside cannot write Markdown', () =>
  hovers(
    'select Id from Account|',
    `
    Account
    ---
    **Account** — \\[x\\](command:y) \\<b\\> \\*z\\*

    In ZOQL and Export ZOQL.

    0 fields.

    *\\_origin\\_*
    `,
    { catalogue: hostile() },
  ));

function hostile(): Catalogue {
  const account = fixture.object('Account');
  if (!account) throw new Error('the fixture has an Account');
  const hostileObject = { ...account, label: '[x](command:y)\n<b> *z*', origin: '_origin_', fields: [] };
  return { objects: [hostileObject], notInAqua: [], object: () => hostileObject };
}

test('a long text cannot be filtered by, though it is listed as a filter', () =>
  hovers(
    'select Te|xt from Memo',
    `
    Text
    ---
    **Memo.Text**

    \`string\`, at most 65535 characters

    - ZOQL: yes, but not in WHERE
    - Export ZOQL: yes

    *Test facts*
    `,
    { catalogue: catalogueOf([object('Memo', 'zoql export', ['Id id', 'Text string max=65535'], {})]) },
  ));

test('a value tells whether its field knows it', () => {
  hovers(
    "select Id from Account where Status = 'Act|ive'",
    `
    'Active'
    ---
    **'Active'** — a text

    Compared with **Account.Status**, \`picklist\`.

    One of its values: \`Draft\`, \`Active\`, \`On_Hold\`.
    `,
  );
  hovers(
    "select Id from Account where Status = 'Act|ve'",
    `
    'Actve'
    ---
    **'Actve'** — a text

    Compared with **Account.Status**, \`picklist\`.

    Not one of its known values. Values: \`Draft\`, \`Active\`, \`On_Hold\`.
    `,
  );
  hovers(
    'select Id from Account where AutoPay = tr|ue',
    `
    true
    ---
    **true** — a boolean

    Compared with **Account.AutoPay** — Auto Pay, \`boolean\`.
    `,
  );
  hovers(
    "select Id from Order where OrderDate > 'today - 3|0 days'",
    `
    'today - 30 days'
    ---
    **'today - 30 days'** — a relative date

    Compared with **Order.OrderDate** — Order Date, \`date\`.
    `,
  );
  hovers(
    "select Id from Order where OrderDate > '2026-|08-01'",
    `
    '2026-08-01'
    ---
    **'2026-08-01'** — a date

    Compared with **Order.OrderDate** — Order Date, \`date\`.
    `,
  );
  hovers('select Id from Nothing where Count = 5|0', '');
});

test('operators have help', () => {
  hovers(
    'select Id from Account where Balance >|= 5',
    `
    >=
    ---
    **>=**

    Greater or equal; of dates, later or the same.

    \`field >= value\`
    `,
  );
  hovers(
    'select Id from Account where Balance i|n (5)',
    `
    in
    ---
    **IN**

    ZOQL does not have it, and Export ZOQL does not document it: join comparisons with = by OR.

    \`field in (value, …)\`

    Export ZOQL only.
    `,
  );
});

test('* tells what it stands for', () => {
  hovers(
    'select *| from Order',
    `
    *
    ---
    **Order.\\***

    All 3 fields of Order that Export ZOQL is known to have. Foreign keys are not among them.

    Export ZOQL only.
    `,
  );
  hovers(
    'select BillToContact.*| from Account',
    `
    BillToContact.*
    ---
    **Contact.\\***

    All 3 fields of Contact that Export ZOQL is known to have. Foreign keys are not among them.

    Export ZOQL only.
    `,
  );
  hovers('select count(*|) from Account', '');
});

test('the name of a column is only in the result', () =>
  hovers(
    'select Name as "Cust|omer" from Account',
    `
    "Customer"
    ---
    **Customer**

    The name of the column, only in the result. Other clauses cannot use it.
    `,
  ));
