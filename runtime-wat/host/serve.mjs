// A small server for a built folder, as any static host serves it: the right types, nothing outside of the folder. Only
// for Node.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { HostError } from './errors.mjs';

const kTypes = new Map([
  ['.html', 'text/html; charset=utf-8'], ['.css', 'text/css; charset=utf-8'], ['.mjs', 'text/javascript; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'], ['.json', 'application/json'], ['.wasm', 'application/wasm'],
  ['.st', 'text/plain; charset=utf-8'], ['.mts', 'text/plain; charset=utf-8'], ['.png', 'image/png'], ['.svg', 'image/svg+xml'],
]);

// The file for a request's path; null where there is none.
function fileFor(folder, pathname) {
  let name;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const file = path.join(folder, name.endsWith('/') ? `${name}index.html` : name);
  if (name.includes('\0') || !file.startsWith(folder + path.sep)) return null;
  const found = fs.statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? { file, size: found.size, tag: `"${found.size}-${found.mtimeMs}"` } : null;
}

function answer(folder, request, response) {
  const end = (status, text = '') => response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'only GET and HEAD\n');
  const found = fileFor(folder, new URL(request.url, 'http://localhost').pathname);
  if (found === null) return end(404, 'there is no such file\n');
  const headers = { etag: found.tag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
  if (request.headers['if-none-match'] === found.tag) return response.writeHead(304, headers).end();
  response.writeHead(200, {
    ...headers,
    'content-type': kTypes.get(path.extname(found.file)) ?? 'application/octet-stream',
    'content-length': found.size,
  });
  if (request.method === 'HEAD') return response.end();
  return fs.createReadStream(found.file).on('error', () => response.destroy()).pipe(response);
}

// Answers the listening server.
export function serve(folder, { port = 8080, address = '127.0.0.1' } = {}) {
  const root = fs.realpathSync(folder);
  const server = http.createServer((request, response) => answer(root, request, response));
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new HostError(`cannot serve on ${address}:${port}: ${error.code ?? error.message}`)));
    server.listen(port, address, () => resolve(server));
  });
}
