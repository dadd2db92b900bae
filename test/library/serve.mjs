// A page of this computer on the built files: what a browser needs to load a worker or a module.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchBrowser } from '../host/browser.mjs';

const types = { '.mjs': 'text/javascript', '.js': 'text/javascript', '.json': 'application/json' };

/** Opens an empty page beside the files of `folder`. `close` ends the browser and the server. */
export async function openPage(folder) {
  const server = createServer(async (request, response) => {
    const name = path.basename(new URL(request.url, 'http://localhost').pathname);
    if (name === '') return void response.setHeader('content-type', 'text/html').end('<!doctype html>');
    const content = await readFile(path.join(folder, name)).catch(() => undefined);
    if (content === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', types[path.extname(name)] ?? 'text/plain').end(content);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return {
    page,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
