import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  contextOf,
  defaultSettings,
  parseChangedSettings,
  parseCommands,
  parseSettings,
  parseSettingValues,
  serverSettingNames,
  settingSections,
} from '../../server/src/settings';
import type { ServerSettings } from '../../server/src/protocol';
import { fixture } from '../zoql/catalogues';

const changed: ServerSettings = {
  queryType: 'zoql',
  'codeLens.enabled': false,
  'format.keywordCase': 'upper',
  'format.maxLineLength': 80,
  'inlayHints.enabled': true,
  'problems.severity': { 'like-pattern': 'off', join: 'hint' },
  schemaSnapshot: 'acme.zoql-schema.json',
};

test('names with dots can be nested objects or not', () => {
  assert.deepEqual(parseSettings(changed, defaultSettings), changed);
  const nested = {
    queryType: 'zoql',
    codeLens: { enabled: false },
    format: { keywordCase: 'upper', maxLineLength: 80 },
    inlayHints: { enabled: true },
    problems: { severity: { 'like-pattern': 'off', join: 'hint' } },
    schemaSnapshot: ' acme.zoql-schema.json ',
  };
  assert.deepEqual(parseSettings(nested, defaultSettings), changed);
  assert.deepEqual(parseChangedSettings({ zoql: nested }, defaultSettings), changed);
});

test('each setting is asked for by its full name, and answered in that order', () => {
  assert.deepEqual(
    settingSections,
    serverSettingNames.map(name => `zoql.${name}`),
  );
  assert.deepEqual(
    parseSettingValues(
      serverSettingNames.map(name => changed[name]),
      defaultSettings,
    ),
    changed,
  );
});

test('what is missing or wrong is as before, each for itself', () => {
  const wrong = {
    queryType: 'sql',
    'codeLens.enabled': 'no',
    'format.keywordCase': 'UPPER',
    'format.maxLineLength': 3.5,
    'inlayHints.enabled': 1,
    'problems.severity': 'off',
  };
  assert.deepEqual(parseSettings(wrong, changed), changed);
  assert.deepEqual(parseSettings({ ...wrong, queryType: 'auto' }, changed), { ...changed, queryType: 'auto' });
  for (const length of [-1, 0, 19, 1_001, NaN, Infinity, '80', null]) {
    assert.equal(parseSettings({ format: { maxLineLength: length } }, defaultSettings)['format.maxLineLength'], 100);
  }
  for (const nothing of [undefined, null, 7, 'zoql', [], {}, [null], { zoql: [] }]) {
    assert.deepEqual(parseSettings(nothing, changed), changed);
    assert.deepEqual(parseChangedSettings(nothing, changed), changed);
    assert.deepEqual(parseSettingValues(nothing, changed), changed);
  }
});

test('a severity that is none voids no other', () => {
  const given = { 'like-pattern': 'off', join: 'grave', 'not-equal-sign': 1 };
  const { severities } = contextOf(parseSettings({ problems: { severity: given } }, defaultSettings), fixture);
  assert.deepEqual([...(severities ?? [])], [['like-pattern', 'off']]);
});

test('the commands of a client are what it lists', () => {
  assert.deepEqual([...parseCommands({ commands: ['zoql.submitFile'] })], ['zoql.submitFile']);
  for (const nothing of [undefined, null, {}, { commands: 'zoql.submitFile' }])
    assert.equal(parseCommands(nothing).size, 0);
});
