import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { zoqlTabs } from '../../client/src/jobs/openTabs';

/**
 * Reads tabs drawn one a line as `column uri [language]`, in the order VS Code lists them, and draws the documents that
 * a submit takes, one a line; `(open)` stands behind those that still have to be opened.
 */
function collected(tabs: string, associations: Record<string, string> = {}): string {
  const languages = new Map<string, string>();
  const drawn = tabs
    .trim()
    .split('\n')
    .map(line => {
      const [column = '', uri = '', language] = line.trim().split(/\s+/);
      if (language !== undefined) languages.set(uri, language);
      const { protocol, pathname } = new URL(uri);
      return { column: Number(column), uri, scheme: protocol.slice(0, -1), path: decodeURIComponent(pathname) };
    });
  const found = zoqlTabs(drawn, {
    languageOf: uri => languages.get(uri),
    associations,
  });
  return found.map(({ uri, loaded }) => (loaded ? uri : `${uri} (open)`)).join('\n');
}

suite('the documents of a submit', () => {
  test('groups go left to right, whatever order they were made in', () => {
    assert.equal(
      collected(`
        2 file:///w/c.zoql zoql
        1 file:///w/b.zoql zoql
        1 file:///w/a.zoql zoql
      `),
      'file:///w/b.zoql\nfile:///w/a.zoql\nfile:///w/c.zoql',
    );
  });

  test('a document in two groups counts once, where it comes first', () => {
    assert.equal(
      collected(`
        1 file:///w/a.zoql zoql
        1 file:///w/b.zoql zoql
        2 file:///w/a.zoql zoql
      `),
      'file:///w/a.zoql\nfile:///w/b.zoql',
    );
  });

  test('the language of a loaded document decides, not its name', () => {
    assert.equal(
      collected(`
        1 file:///w/a.zoql plaintext
        1 file:///w/b.txt zoql
        1 untitled:Untitled-1 zoql
        1 untitled:Untitled-2 plaintext
      `),
      'file:///w/b.txt\nuntitled:Untitled-1',
    );
  });

  test('restored tabs that were never shown are recognized by their names', () => {
    assert.equal(
      collected(`
        1 file:///w/a.zoql
        1 file:///w/b.ZQL
        1 file:///w/c.zoql.txt
        1 file:///w/d.sql
      `),
      'file:///w/a.zoql (open)\nfile:///w/b.ZQL (open)',
    );
  });

  test('files.associations makes other names ZOQL', () => {
    const tabs = `
      1 file:///w/a.aqua
      1 file:///w/aqua
      1 file:///w/billing/deep/b.sql
      1 file:///w/other/b.sql
      1 file:///w/q1.txt
      1 file:///w/q9.txt
      1 file:///w/n.one
      1 file:///w/n.two
    `;
    assert.equal(
      collected(tabs, {
        '*.AQUA': 'zoql',
        '**/billing/**/*.sql': 'zoql',
        'q[1-3].txt': 'zoql',
        'n.{one,three}': 'zoql',
      }),
      [
        'file:///w/a.aqua (open)',
        'file:///w/billing/deep/b.sql (open)',
        'file:///w/q1.txt (open)',
        'file:///w/n.one (open)',
      ].join('\n'),
    );
    assert.equal(collected(tabs, { '*.aqua': 'sql', 'w+.sql': 'zoql', '[z-a]*': 'zoql' }), '');
  });

  test('past versions and our own previews do not count, whatever else can be read does', () => {
    assert.equal(
      collected(`
        1 git:///w/a.zoql zoql
        1 git:///w/b.zoql
        1 vscode-local-history:///w/b.zoql zoql
        1 zoql-sent:///accounts.zoql zoql
        1 vscode-vfs:///w/a.zoql zoql
        1 read-only-archive:///w/c.zoql
      `),
      'vscode-vfs:///w/a.zoql\nread-only-archive:///w/c.zoql (open)',
    );
  });
});
