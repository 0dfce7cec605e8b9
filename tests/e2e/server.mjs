// A static server as plain as any host of the page: it knows file types and
// nothing of the page. It listens on the loopback address alone.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

const ISOLATED = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** `bytes` as a good static host would send them: brotli at its best. */
export const brotli = (bytes) => brotliCompressSync(bytes);

/**
 * Serves `folder` under the path `base`; resolves to `{ url, close, asked }`.
 * `pages` holds further HTML pages by path; `compress` sends brotli, or what
 * it names; `like` says how a host differs: its `headers` (by path), its own
 * content `types`, and how it answers what is not there (`missing`). An
 * `isolated` page has a clock of microseconds. A `closed` host lets no other
 * origin read its files. `fault` says of a path how it is answered badly:
 * nothing or a promise of nothing (not at all), `'missing'`, `'cut'` (broken
 * off) or `{ body, type }` (with something else, which may be kept for ever).
 * What was asked for stands in `asked`.
 */
export async function serve(folder, { base = '/', pages = {}, compress = false, like = {}, isolated = false, closed = false, fault = () => {} } = {}) {
  const asked = [];
  const compressed = new Map();
  const encoding = compress === true ? 'br' : compress;
  const squeeze = { br: brotli, gzip: gzipSync }[encoding];
  const types = { ...TYPES, ...like.types };
  const missing = { status: 404, type: 'text/plain', body: 'not found', ...like.missing };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const headers = { ...(!closed && { 'Access-Control-Allow-Origin': '*' }), ...(isolated && ISOLATED) };
    asked.push(path);
    const refuse = () => response.writeHead(missing.status, { ...headers, 'Content-Type': missing.type }).end(missing.body);
    if (path in pages) {
      response.writeHead(200, { ...headers, 'Content-Type': TYPES['.html'] }).end(pages[path]);
      return;
    }
    if (!path.startsWith(base)) return refuse();
    const inside = path.slice(base.length) || 'index.html';
    const file = normalize(join(folder, inside));
    if (!file.startsWith(normalize(folder) + sep)) return refuse();
    try {
      const bad = await fault(inside);
      if (bad === 'missing') return refuse();
      if (bad?.body !== undefined) {
        const kept = { 'Content-Type': bad.type ?? TYPES[extname(file)], 'Cache-Control': 'max-age=31536000, immutable' };
        response.writeHead(200, { ...headers, ...kept }).end(bad.body);
        return;
      }
      const isCompressed = squeeze && (request.headers['accept-encoding'] ?? '').includes(encoding);
      if (isCompressed && !compressed.has(file)) compressed.set(file, squeeze(await readFile(file)));
      const body = isCompressed ? compressed.get(file) : await readFile(file);
      if (isCompressed) headers['Content-Encoding'] = encoding;
      headers['Content-Type'] = types[extname(file)] ?? 'application/octet-stream';
      Object.assign(headers, like.headers?.(inside));
      response.writeHead(200, { ...headers, 'Content-Length': body.length });
      if (bad === 'cut') {
        response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 20));
        return;
      }
      response.end(body);
    } catch {
      refuse();
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A test that fails before it closes the server must not keep node waiting.
  server.unref();
  return {
    asked,
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
