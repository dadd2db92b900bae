import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { countsOf, type Job } from '../../client/src/jobs/model';
import { lastOfSession } from '../../client/src/jobs/rules/fullLoad';
import type { RequestSettings } from '../../client/src/jobs/settings';
import {
  drawn,
  edited,
  euOrigin,
  findings,
  planned,
  settled,
  stateful,
  usOrigin,
  type TestFiles,
} from './findingParts';
import { attempt, plan } from './jobParts';
import { withTenant } from '../../server/src/zoql/index';
import { bundled } from '../zoql/catalogues';
import { described } from '../zoql/described';

const notifyUrl = 'https://example.com/${JOBID}/${STATUS}';

/** Settings, and what is found in them; notes on full loads have tests of their own. */
const wrongSettings: Readonly<Record<string, readonly [RequestSettings, string]>> = {
  'a format that is none': [
    { 'zoql.job.format': 'json' },
    `blocks wrong-type: zoql.job.format must be csv or zip or gzip, not "json". | fixes: Set format csv · Set format zip · Set format gzip · Clear format · Open Setting`,
  ],
  'a version that is none': [
    { 'zoql.job.version': '2.0' },
    `blocks wrong-type: zoql.job.version must be 1.0 or 1.1, not "2.0". | fixes: Set version 1.1 · Set version 1.0 · Clear version · Open Setting`,
  ],
  'a name of more than 32 characters': [
    { 'zoql.job.name': 'Monthly billing run of December 2026' },
    `blocks job-name-too-long: zoql.job.name has 36 characters; Zuora takes at most 32. | fixes: Shorten to "Monthly billing run of December" · Clear name · Open Setting`,
  ],
  'a name that is no text': [
    { 'zoql.job.name': 7 },
    `blocks wrong-type: zoql.job.name must be a text, not 7. | fixes: Clear name · Open Setting`,
  ],
  'a flag that is a text': [
    { 'zoql.job.dateTimeUtc': 'true' },
    `blocks wrong-type: zoql.job.dateTimeUtc must be true or false, not "true". | fixes: Set dateTimeUtc true · Set dateTimeUtc false · Clear dateTimeUtc · Open Setting`,
  ],
  'a partner without project': [
    { 'zoql.job.version': '1.1', 'zoql.job.partner': 'p' },
    `blocks partner-without-project: zoql.job.partner needs zoql.job.project as well: only both together make a stateful job. | fixes: Enter project · Clear partner`,
  ],
  'partner and project with version 1.0': [
    { ...stateful, 'zoql.job.version': '1.0' },
    `blocks partner-without-version: zoql.job.partner needs zoql.job.version 1.1. | fixes: Set version 1.1 · Clear partner · Open Setting`,
  ],
  'a project without partner, which is stateless': [
    { 'zoql.job.project': 'p' },
    `notes project-without-partner: zoql.job.project counts only together with zoql.job.partner: the job is stateless. | fixes: Enter partner · Clear project`,
  ],
  'an offset without stateful mode': [
    { 'zoql.job.offset': 60 },
    `blocks stateful-only: zoql.job.offset works in stateful mode only: it needs zoql.job.partner, zoql.job.project and zoql.job.version 1.1. | fixes: Clear offset · Open Setting`,
  ],
  'an offset of more than an hour': [
    { ...stateful, 'zoql.job.offset': 3601 },
    `blocks offset-range: zoql.job.offset must be a whole number of seconds from 0 to 3600, not 3601. | fixes: Set offset 3600 · Clear offset · Open Setting`,
  ],
  'an offset below 0': [
    { ...stateful, 'zoql.job.offset': -1 },
    `blocks offset-range: zoql.job.offset must be a whole number of seconds from 0 to 3600, not -1. | fixes: Set offset 0 · Clear offset · Open Setting`,
  ],
  'an offset that is no number': [
    { ...stateful, 'zoql.job.offset': 'soon' },
    `blocks offset-range: zoql.job.offset must be a whole number of seconds from 0 to 3600, not "soon". | fixes: Clear offset · Open Setting`,
  ],
  'an incrementalTime with a T': [
    { ...stateful, 'zoql.job.incrementalTime': '2026-01-31T00:00:00' },
    `blocks incremental-time-form: zoql.job.incrementalTime must look like 2026-01-31 23:59:59 (with a space, not a T), not "2026-01-31T00:00:00". | fixes: Set incrementalTime 2026-01-31 00:00:00 · Clear incrementalTime · Open Setting`,
  ],
  'an incrementalTime that the calendar has not': [
    { ...stateful, 'zoql.job.incrementalTime': '2026-02-29 00:00:00' },
    `blocks incremental-time-form: zoql.job.incrementalTime must look like 2026-01-31 23:59:59 (with a space, not a T), not "2026-02-29 00:00:00". | fixes: Clear incrementalTime · Open Setting`,
  ],
  'an incrementalTime without stateful mode': [
    { 'zoql.job.incrementalTime': '2026-01-31 00:00:00' },
    `blocks stateful-only: zoql.job.incrementalTime works in stateful mode only: it needs zoql.job.partner, zoql.job.project and zoql.job.version 1.1. | fixes: Clear incrementalTime · Open Setting`,
  ],
  'an incrementalTime that lacks only version 1.1': [
    { ...stateful, 'zoql.job.version': null, 'zoql.job.incrementalTime': '2026-01-31 00:00:00' },
    `blocks partner-without-version: zoql.job.partner needs zoql.job.version 1.1. | fixes: Set version 1.1 · Clear partner · Open Setting
blocks stateful-only: zoql.job.incrementalTime works in stateful mode only: it needs zoql.job.partner, zoql.job.project and zoql.job.version 1.1. | fixes: Set version 1.1 · Clear incrementalTime · Open Setting`,
  ],
  'a notifyUrl without one of its variables': [
    { 'zoql.job.notifyUrl': 'https://example.com/?a=${JOBID}' },
    `blocks notify-url-variables: zoql.job.notifyUrl must contain \${STATUS}. | fixes: Append status=\${STATUS} · Clear notifyUrl · Open Setting`,
  ],
  'a notifyUrl of 5,000 characters': [
    { 'zoql.job.notifyUrl': notifyUrl.padEnd(5000, 'x') },
    `blocks notify-url-too-long: zoql.job.notifyUrl has 5000 characters; Zuora takes fewer than 5,000. | fixes: Clear notifyUrl · Open Setting`,
  ],
  'pgp without a format, which is csv': [
    { 'zoql.job.encrypted': 'pgp' },
    `blocks pgp-needs-archive: zoql.job.encrypted is pgp, which needs zoql.job.format zip or gzip; csv cannot be encrypted. | fixes: Set format gzip · Set format zip · Set encrypted none · Open Setting`,
  ],
  'a source of data that is gone': [
    { 'zoql.job.sourceData': 'WAREHOUSE' },
    `warns source-data-warehouse: zoql.job.sourceData is WAREHOUSE, which is no longer in the API reference and may be refused. | fixes: Set sourceData LIVE · Clear sourceData · Open Setting`,
  ],
  'a track id that gets too long when filled in': [
    { 'zoql.request.trackId': `\${uuid}${'x'.repeat(29)}` },
    `blocks track-id-too-long: zoql.request.trackId is 65 characters long once filled in; Zuora takes at most 64. | fixes: Set trackId \${uuid} · Clear trackId · Open Setting`,
  ],
  'a track id with a colon': [
    { 'zoql.request.trackId': 'a:b' },
    `blocks track-id-characters: zoql.request.trackId may not hold a colon, a semicolon or a quote: "a:b". | fixes: Set trackId a-b · Clear trackId · Open Setting`,
  ],
  'a track id with an unknown variable': [
    { 'zoql.request.trackId': '${JOBID}' },
    `blocks track-id-variable: zoql.request.trackId does not know \${JOBID}; there are \${uuid}, \${date} and \${time}. | fixes: Set trackId \${uuid} · Clear trackId · Open Setting`,
  ],
  'a track id outside US-ASCII': [
    { 'zoql.request.trackId': 'Bücher' },
    `blocks header-characters: zoql.request.trackId may hold visible US-ASCII characters and spaces only. | fixes: Set trackId B-cher · Clear trackId · Open Setting`,
  ],
  'an entity id with a line break': [
    { 'zoql.request.entityIds': 'a\r\nX-Injected: b' },
    `blocks header-characters: zoql.request.entityIds may hold visible US-ASCII characters and spaces only. | fixes: Clear entityIds · Open Setting`,
  ],
  'two entity ids': [
    { 'zoql.request.entityIds': 'one, two' },
    `blocks several-entity-ids: zoql.request.entityIds takes the id of one entity. | fixes: Set entityIds one · Set entityIds two · Clear entityIds · Open Setting`,
  ],
  'a Zuora-Version of no known form': [
    { 'zoql.request.zuoraVersion': 'latest' },
    `blocks zuora-version-form: zoql.request.zuoraVersion must be a date such as 2025-08-12, or a number such as 341.0, not "latest". | fixes: Clear zuoraVersion · Open Setting`,
  ],
  'a Zuora-Version that lacks its .0': [
    { 'zoql.request.zuoraVersion': '341' },
    `blocks zuora-version-form: zoql.request.zuoraVersion must be a date such as 2025-08-12, or a number such as 341.0, not "341". | fixes: Set zuoraVersion 341.0 · Clear zuoraVersion · Open Setting`,
  ],
  'extra headers that cannot be': [
    {
      'zoql.request.extraHeaders': {
        'X-A': 1,
        'X-B': 'ü',
        'X C': 'd',
        Host: 'evil.test',
        Cookie: 'a',
        'zuora-version': '1',
      },
    },
    `blocks extra-header: zoql.request.extraHeaders: "X-A" must be a text, not 1. | fixes: Remove X-A · Open Setting
blocks extra-header: zoql.request.extraHeaders: "X-B" may hold visible US-ASCII characters and spaces only. | fixes: Remove X-B · Open Setting
blocks extra-header: zoql.request.extraHeaders: "X C" is not a valid header name. | fixes: Remove X C · Open Setting
blocks extra-header: zoql.request.extraHeaders: "Host" is made by the extension itself. | fixes: Remove Host · Open Setting
blocks extra-header: zoql.request.extraHeaders: "Cookie" carries credentials, which do not belong in settings. Use "ZOQL: Sign In" instead. | fixes: Remove Cookie · Open Setting
blocks extra-header: zoql.request.extraHeaders: "zuora-version" has a setting of its own: zoql.request.zuoraVersion. | fixes: Remove zuora-version · Open Setting`,
  ],
  'one header in two spellings': [
    { 'zoql.request.extraHeaders': { 'X-A': 'b', 'x-a': 'c' } },
    `blocks extra-header: zoql.request.extraHeaders: "x-a" is there twice. | fixes: Remove x-a · Open Setting`,
  ],
  'extra headers that are a list': [
    { 'zoql.request.extraHeaders': ['X-A: b'] },
    `blocks extra-header: zoql.request.extraHeaders must be an object of header names and their values. | fixes: Clear extraHeaders · Open Setting`,
  ],
};

suite('what is wrong with settings is found with its fixes', () => {
  const aboutSettings = (settings: RequestSettings) =>
    findings({ settings }).filter(({ code }) => code !== 'full-load');
  for (const [name, [settings, expected]] of Object.entries(wrongSettings)) {
    test(name, () => {
      const found = aboutSettings(settings);
      assert.equal(drawn(found), expected);
      for (const { code, message, fixes } of found) {
        for (const { kind, title } of fixes) {
          if (kind !== 'set-setting') continue;
          const left = aboutSettings(settled(settings, found, title)).map(one => one.message);
          assert.ok(!left.includes(message), `"${title}" leaves ${code}`);
        }
      }
    });
  }

  test('all of them at once, and nothing in settings that are right', () => {
    assert.equal(drawn(findings({})), '');
    const settings = { 'zoql.job.name': 'n'.repeat(33), 'zoql.job.offset': 9999, 'zoql.request.zuoraVersion': 'x' };
    assert.deepEqual(
      findings({ settings, files: {} }).map(({ code }) => code),
      ['no-query', 'job-name-too-long', 'stateful-only', 'offset-range', 'zuora-version-form'],
    );
  });

  test('whatever blocks has a fix', () => {
    const all = Object.values(wrongSettings).flatMap(([settings]) => findings({ settings }));
    for (const { weight, fixes } of all) assert.ok(weight !== 'blocks' || 0 < fixes.length);
  });
});

suite('what is wrong with the queries is found with its fixes', () => {
  test('more than 50 are split or unticked', () => {
    const files = { 'many.zoql': 'select Id from Account;\n'.repeat(101) };
    const [finding] = findings({ files });
    assert.equal(
      drawn(finding ? [finding] : []),
      'blocks too-many-queries: 101 queries are chosen; Zuora takes at most 50 in one job. The first one too many is in many.zoql line 51. | fixes: Split into 3 Jobs · Untick 51 Queries',
    );
    assert.deepEqual(codes({ 'many.zoql': 'select Id from Account;\n'.repeat(50) }), []);
    const unticked = finding?.fixes.find(({ kind }) => kind === 'untick');
    assert.ok(unticked?.kind === 'untick');
    assert.deepEqual([unticked.queries[0], unticked.queries.at(-1)], ['many-51', 'many-101']);
  });

  test('a query that is too long for ZOQL can be Export ZOQL', () => {
    const long = (count: number) =>
      `-- @type zoql\nselect Id\nfrom Account where ${`Name = 'abcdef' or `.repeat(count)}Id = '1'`;
    const files = { 'long.zoql': long(190).replace(/ or /g, `${' '.repeat(40)} or `) };
    const found = findings({ files });
    assert.equal(
      drawn(found),
      'blocks query-too-long [long]: long.zoql line 2: the query has 11247 characters; ZOQL takes at most 10000. | fixes: Write -- @type zoqlexport · Open long.zoql:2 · Untick long',
    );
    const after = edited(files, found, 'Write -- @type zoqlexport');
    assert.deepEqual([after.split('\n')[0], codes({ 'long.zoql': after })], ['-- @type zoqlexport', []]);
    // Of the language's own findings, the limit of 200 conditions is a limit of the request too.
    const many = findings({ files: { 'many.zoql': long(200) } });
    assert.equal(
      drawn(many),
      'blocks too-many-conditions [many]: ZOQL takes 200 conditions, this query has 201. | fixes: Declare as Export ZOQL · Open many.zoql:2 · Untick many',
    );
  });

  test('its errors untick a query, its warnings do not, and quick fixes are edits of the file', () => {
    const files = {
      'a.zoql': "select Id from Account;\n\n-- @name Open\nselect Id, from Account where Nmae = 'x'",
    };
    const found = findings({ files });
    assert.equal(
      drawn(found),
      `unticks expected-field [Open]: Expected a field. | fixes: Remove , · Open a.zoql:4
warns unknown-field [Open]: Account has no field Nmae. | fixes: Change to Name · Open a.zoql:4`,
    );
    assert.equal(edited(files, found, 'Change to Name'), files['a.zoql'].replace('Nmae', 'Name'));
    const open = found[0]?.fixes.find(({ kind }) => kind === 'open');
    assert.equal(open?.kind === 'open' && files['a.zoql'].slice(open.offset, open.offset + 4), 'from');
  });

  test('as many queries have quick fixes as one job takes, and every one can be opened', () => {
    const found = findings({ files: { 'a.zoql': 'select Nmae from Account;\n'.repeat(60) } }).slice(1);
    const kinds = found.map(({ fixes }) => fixes.map(({ kind }) => kind).join(' '));
    assert.deepEqual(kinds, [...Array<string>(50).fill('edit open'), ...Array<string>(10).fill('open')]);
  });

  test('objects that AQuA does not serve, or without their deleted rows', () => {
    const deleted = '-- @deleted column=Gone format=Boolean forceExport=true\n';
    assert.equal(
      drawn(
        findings({
          files: {
            'metrics.zoql': 'select Id from ChargeMetrics',
            'details.zoql': 'select Id from ChargeMetricsDiscountAllocationDetail',
            'periods.zoql': `${deleted}select Id from AccountingPeriod`,
          },
        }),
      ),
      `blocks object-not-in-aqua [metrics]: AQuA does not serve ChargeMetrics. | fixes: Open metrics.zoql:1 · Untick metrics
blocks object-not-in-aqua [details]: AQuA does not serve ChargeMetricsDiscountAllocationDetail. | fixes: Open details.zoql:1 · Untick details
blocks no-deleted-rows [periods]: AQuA cannot export deleted rows of AccountingPeriod. | fixes: Remove it · Open periods.zoql:2 · Untick periods`,
    );
  });

  test('directives of which no request can be made', () => {
    const files = {
      'a.zoql':
        '-- @convertToCurrencies eur gbp\nselect Id from Account;\n-- @deleted column=Gone format=boolean\nselect Id from Account',
    };
    const found = findings({ files });
    assert.equal(
      drawn(found),
      `blocks malformed-directive [a]: The currencies are codes of three capital letters with commas between them, such as EUR,GBP. | fixes: Change to EUR,GBP · Open a.zoql:2 · Untick a
blocks malformed-directive [a-2]: format is Boolean or Numeric, with a capital letter. | fixes: Change to format=Boolean · Change to format=Numeric · Open a.zoql:4 · Untick a-2`,
    );
    assert.match(edited(files, found, 'Change to format=Boolean'), /^-- @deleted column=Gone format=Boolean$/m);
  });

  test('dateTimeUtc needs a version that knows it', () => {
    const files = {
      'a.zoql': '-- @apiVersion 68.0\nselect Id from Account;\n-- @apiVersion 69.0\nselect Id from Account',
    };
    const found = findings({ files, settings: { 'zoql.job.dateTimeUtc': true } });
    assert.equal(
      drawn(found),
      'blocks date-time-utc-version [a]: zoql.job.dateTimeUtc needs version 69.0 or newer; a asks for 68.0. | fixes: Write -- @apiVersion 69.0 · Clear dateTimeUtc · Untick a',
    );
    assert.match(edited(files, found, 'Write -- @apiVersion 69.0'), /^-- @apiVersion 69\.0\nselect/);
    assert.deepEqual(codes(files), []);
  });

  test('two queries of one name', () => {
    const files = {
      'a.zoql': '-- @name All\nselect Id from Account;\n-- @name All-2\nselect Id from Contact',
      'b.zoql': 'select Id from Payment;\n  -- @name All\n  select Id from Invoice',
    };
    const found = findings({ files });
    assert.equal(
      drawn(found),
      'blocks duplicate-name [All]: The name "All" is used by a.zoql line 2 and b.zoql line 3. Every query of a job needs its own. | fixes: Rename b.zoql:3 to All-3 · Untick All',
    );
    assert.equal(
      edited(files, found, 'Rename b.zoql:3 to All-3'),
      'select Id from Payment;\n  -- @name All-3\n  select Id from Invoice',
    );
  });
});

suite('deleted rows', () => {
  const files: TestFiles = { 'a.zoql': '-- @name a\n-- @deleted column=Gone format=Boolean\nselect Id from Account' };

  test('a stateless job forces their export, and says so', () => {
    const found = findings({ files });
    assert.equal(
      drawn(found),
      'notes deleted-forced [a]: a goes out with forceExport true: without it a stateless job cannot export deleted rows. | fixes: Write -- @deleted column=Gone format=Boolean forceExport=true',
    );
    const [fix] = found.flatMap(({ fixes }) => fixes);
    const after = edited(files, found, fix?.title ?? '');
    assert.equal(after, '-- @name a\n-- @deleted column=Gone format=Boolean forceExport=true\nselect Id from Account');
    assert.deepEqual(codes({ 'a.zoql': after }), []);
  });

  test('are gone after 30 days', () => {
    const since = (time: string) => ({ ...stateful, 'zoql.job.incrementalTime': time });
    const purged = (time: string) =>
      drawn(findings({ files, settings: since(time) }).filter(({ code }) => code === 'deleted-rows-purged'));
    assert.equal(
      purged('2026-10-01 00:00:00'),
      'notes deleted-rows-purged [a]: Zuora keeps deleted rows for 30 days: a tells of none that was deleted before 2026-10-28.',
    );
    assert.equal(purged('2026-10-29 00:00:00'), '');
  });
});

suite('the time since which a stateful job takes changes', () => {
  const settings = { ...stateful, 'zoql.job.incrementalTime': '2026-11-26 16:00:00' };

  test('is told in one’s own zone', () => {
    assert.equal(
      drawn(findings({ settings })),
      'notes incremental-time: zoql.job.incrementalTime is 2026-11-26 16:00:00, which Zuora reads as Pacific time: 2026-11-27 01:00:00 in Europe/Berlin. | fixes: Clear incrementalTime · Open Setting',
    );
    assert.match(
      drawn(findings({ settings, origin: euOrigin })),
      /reads as UTC: 2026-11-26 17:00:00 in Europe\/Berlin/,
    );
  });

  test('warns of the future, and of an address whose zone nobody documents', () =>
    assert.equal(
      drawn(findings({ settings, origin: 'https://rest.ap.zuora.com', now: '2026-11-26T15:00:00Z' }).slice(1)),
      `warns incremental-time-future: zoql.job.incrementalTime is in the future: 2026-11-26 17:00:00 in Europe/Berlin. No row has changed since. | fixes: Clear incrementalTime · Open Setting
notes incremental-time-zone: zoql.job.incrementalTime is taken for UTC: Zuora documents no time zone for this address. | fixes: Open Setting`,
    ));
});

suite('what makes a stateful query a full load again', () => {
  const before = {
    'a.zoql':
      '-- @name a\nselect Id from Account;\n-- @name b\n-- @deleted column=Gone format=Boolean\nselect Id from Invoice',
  };
  const now = (text: string, lastJob: Job | undefined = jobOf(before)) =>
    drawn(findings({ files: { 'a.zoql': text }, settings: stateful, lastJob }));
  const rest = '-- @name b\n-- @deleted column=Gone format=Boolean\nselect Id from Invoice';

  test('nothing, where the queries are the same', () => {
    assert.equal(now(before['a.zoql']), '');
    assert.equal(now(`-- @name a\n-- a comment is not sent\nselect Id from Account;\n${rest} ;`), '');
    assert.equal(now(before['a.zoql'].replace('Boolean', 'Boolean forceExport=true')), '');
  });

  test('its text', () =>
    assert.equal(
      now(`-- @name a\nselect Id, Name from Account;\n${rest}`),
      'notes full-load [a]: a is exported whole: its text has changed since the last job of the session.',
    ));

  test('that it is new', () =>
    assert.equal(
      now(`${before['a.zoql']};\n-- @name c\nselect Id from Contact`),
      'notes full-load [c]: c is exported whole: the last job of the session did not have it.',
    ));

  test('its name, which can be given back', () => {
    const files = { 'a.zoql': `-- @name accounts\nselect Id from Account;\n${rest}` };
    const found = findings({ files, settings: stateful, lastJob: jobOf(before) });
    assert.equal(
      drawn(found),
      'notes full-load [accounts]: accounts is exported whole: the last job of the session called it a. | fixes: Write -- @name a',
    );
    assert.equal(edited(files, found, 'Write -- @name a'), before['a.zoql']);
  });

  test('a name that comes from the file, which is pinned by writing it down', () => {
    const files = { 'a.zoql': 'select Id from Account' };
    const found = findings({ files, settings: stateful, lastJob: jobOf(before) });
    assert.equal(
      drawn(found),
      'notes name-of-file [a]: a is called by its file. Zuora knows a query of a stateful job by its name: if the file is renamed, it exports everything again. | fixes: Write -- @name a',
    );
    const after = edited(files, found, 'Write -- @name a');
    assert.equal(after, '-- @name a\nselect Id from Account');
    assert.deepEqual(codes({ 'a.zoql': after }, stateful, jobOf(before)), []);
    assert.deepEqual(codes(files), []);
  });

  test('its column for deleted rows: new, gone, renamed, of another format', () => {
    const withColumn = (line: string) => now(`-- @name a\n${line}select Id from Account;\n${rest}`);
    const changed = (to: string) => now(before['a.zoql'].replace('-- @deleted column=Gone format=Boolean\n', to));
    assert.equal(
      withColumn('-- @deleted column=Gone format=Numeric\n'),
      'notes full-load [a]: a is exported whole: its column for deleted rows is new.',
    );
    assert.equal(
      changed(''),
      'notes full-load [b]: b is exported whole: its column for deleted rows is gone (Gone Boolean).',
    );
    assert.equal(
      changed('-- @deleted column=Left format=Boolean\n'),
      'notes full-load [b]: b is exported whole: its column for deleted rows has changed (Gone Boolean before, Left Boolean now).',
    );
    assert.equal(
      changed('-- @deleted column=Gone format=Numeric\n'),
      'notes full-load [b]: b is exported whole: its column for deleted rows has changed (Gone Boolean before, Gone Numeric now).',
    );
  });

  test('that it is the first of its session, or that the session was not used for 180 days', () => {
    assert.equal(
      drawn(findings({ files: before, settings: stateful })),
      'notes full-load: Everything is exported: this history has no completed job of the session, so this may be its first. A full load holds no deleted rows (b).',
    );
    const files = { 'a.zoql': '-- @name a\nselect Id from Account' };
    const after = (days: number) =>
      drawn(
        findings({
          files,
          settings: stateful,
          lastJob: { ...jobOf(files), finishedAt: Date.parse('2026-11-27T08:00:00Z') - days * 86_400_000 },
        }),
      );
    assert.equal(after(180), '');
    assert.equal(
      after(181),
      'notes full-load: Everything is exported: the last job of the session ended 181 days ago, and Zuora forgets a session after 180.',
    );
  });

  test('the last job of a session is the newest that completed, at the same tenant', () => {
    const session = { partner: 'acme', project: 'billing' };
    const scope = { tenant: 'Sandbox', origin: usOrigin };
    const job = (key: string, changes: Partial<Job> = {}): Job => ({
      ...jobOf(before),
      key,
      session,
      scope,
      ...changes,
    });
    const jobs = [
      job('aborted', { createdAt: 9, status: 'aborted' }),
      job('running', { createdAt: 8, phase: 'running', status: 'executing' }),
      job('elsewhere', { createdAt: 7, scope: { ...scope, tenant: 'Production' } }),
      job('other host', { createdAt: 6, scope: { ...scope, origin: euOrigin } }),
      job('other project', { createdAt: 5, session: { ...session, project: 'dunning' } }),
      job('newest', { createdAt: 3 }),
      job('older', { createdAt: 2 }),
    ];
    assert.equal(lastOfSession(jobs, session, scope)?.key, 'newest');
    assert.equal(lastOfSession(jobs.slice(0, 5), session, scope), undefined);
  });
});

function codes(files: TestFiles, settings: RequestSettings = {}, lastJob?: Job): string[] {
  return findings({ files, settings, lastJob }).map(({ code }) => code);
}

/** A completed job of these files that ended an hour ago. */
function jobOf(files: TestFiles): Job {
  const ended = Date.parse('2026-11-27T07:00:00Z');
  const queries = planned(files);
  return {
    ...plan,
    key: 'last',
    queries,
    attempt: attempt('key'),
    createdAt: ended,
    updatedAt: ended,
    finishedAt: ended,
    startedAt: ended,
    phase: 'finished',
    id: 'job1',
    name: undefined,
    firstQuery: queries[0]?.name,
    status: 'completed',
    message: undefined,
    failure: undefined,
    condition: undefined,
    counts: countsOf(queries, []),
    batches: [],
    group: undefined,
    lineage: undefined,
    session: { partner: 'acme', project: 'billing' },
    adopted: false,
    pinned: false,
    note: '',
    files: [],
  };
}

test('what the tenant lacks that a job goes to is found, once each', () => {
  const account = described('Account', ['Id text soap+export', 'Name text soap+export']);
  const catalogue = withTenant(bundled, { tenant: 'acme', objects: [account], refused: [] });
  const files: TestFiles = { 'a.zoql': '-- @name a\nselect Id, Balance, Tier__c from Account' };
  assert.equal(
    drawn(findings({ files, catalogue })),
    `warns unknown-field [a]: Account has no field Balance on acme. | fixes: Open a.zoql:2
warns unknown-field [a]: Account has no field Tier__c on acme. | fixes: Open a.zoql:2`,
  );
  assert.doesNotMatch(drawn(findings({ files })), /unknown-field/);
});
