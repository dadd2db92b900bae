import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenBy } from './editor.mjs';
import { snippet } from '../readme.mjs';

/** Waits for the pushed diagnostics, then asks for what can stand behind SELECT. */
const script = `
local function write(seen)
  local file = io.open('seen.json', 'w')
  file:write(vim.fn.json_encode(seen))
  file:close()
end
vim.cmd('edit query.zoql')
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local codes = vim.tbl_map(function(diagnostic) return diagnostic.code end, vim.diagnostic.get(0))
local params = {
  textDocument = vim.lsp.util.make_text_document_params(),
  position = { line = 0, character = 7 },
}
local labels = {}
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 30000) or {}) do
  for _, item in ipairs(answer.result.items or answer.result) do table.insert(labels, item.label) end
end
write({ codes = codes, labels = labels })
vim.cmd('quitall!')
`;

test('Neovim completes and shows problems with the snippet of README', async () => {
  const { codes, labels } = await seenBy({
    command: 'nvim',
    args: ['--headless', '--clean', '-u', 'init.lua', '-c', 'luafile script.lua'],
    files: { 'init.lua': snippet('neovim'), 'script.lua': script },
    text: "select Id, from Account where Name = 'a'",
  });
  assert.deepEqual(codes, ['expected-field']);
  for (const label of ['AccountNumber', 'Balance']) assert.ok(labels.includes(label), labels.join());
});
