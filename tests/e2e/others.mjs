// Firefox, by WebDriver BiDi, and WebKit, by WebDriver, as Debian has them: what a few tests need of either, by one interface.
// playwright drives only a Firefox and a WebKit of its own, which nothing here may download.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import bundle from 'playwright-core/lib/utilsBundle';

const MOST_MS = 30_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** The first of `names` that is a program on PATH. */
const found = (...names) =>
  names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find((file) => existsSync(file));

/** A port that nobody listens at. */
const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** What both have in common: `run` calls a function in the page with values, `frame` in the page's first frame. */
const browser = ({ name, open, call, keys, close }) => {
  const run = (does, ...values) => call(`(${does})(...${JSON.stringify(values)})`);
  const until = async (does, ...values) => {
    for (const end = Date.now() + MOST_MS; ; ) {
      const answer = await run(does, ...values);
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`${name}: not within ${MOST_MS / 1000} s: ${does} ${JSON.stringify(values)}`);
      await pause(50);
    }
  };
  return { name, open, run, until, keys, close };
};

/** Firefox, in the dark where asked; nothing where there is none. */
export async function firefox({ dark = false } = {}) {
  const program = process.env.FIREFOX ?? found('firefox-esr', 'firefox');
  if (!program) return undefined;
  const profile = mkdtempSync(join(tmpdir(), 'headroom-firefox-'));
  const preferences = { 'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1, 'intl.accept_languages': 'en-US' };
  writeFileSync(join(profile, 'user.js'), Object.entries(preferences).map((pair) => `user_pref(${pair.map((it) => JSON.stringify(it))});\n`).join(''));
  const flags = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', '--width', '1440', '--height', '980'];
  const child = spawn(program, flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((done, fail) => {
    let said = '';
    child.stderr.on('data', (piece) => {
      said += piece;
      const listens = /BiDi listening on (ws:\S+)/.exec(said);
      if (listens) done(listens[1]);
    });
    child.once('exit', () => fail(new Error(`Firefox ended: ${said}`)));
  });
  const socket = new bundle.ws(`${address}/session`);
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  const waiting = new Map();
  socket.on('message', (message) => {
    const { id, result, message: wrong } = JSON.parse(message);
    const asked = waiting.get(id);
    if (!waiting.delete(id)) return;
    if (result === undefined) asked.fail(new Error(`Firefox: ${wrong}`));
    else asked.done(result);
  });
  let last = 0;
  const send = (method, params) =>
    new Promise((done, fail) => {
      waiting.set((last += 1), { done, fail });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await send('session.new', { capabilities: {} });
  const { contexts } = await send('browsingContext.getTree', {});
  const [{ context }] = contexts;
  await send('browsingContext.setViewport', { context, viewport: { width: 1440, height: 980 } });
  return browser({
    name: 'Firefox',
    open: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    call: async (expression) => {
      const script = `(async () => JSON.stringify((await ${expression}) ?? null))()`;
      const { result, exceptionDetails } = await send('script.evaluate', { expression: script, target: { context }, awaitPromise: true });
      if (exceptionDetails) throw new Error(`Firefox: ${exceptionDetails.text}`);
      return JSON.parse(result.value);
    },
    keys: (text) => {
      const actions = [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
      return send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
    },
    close: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      await send('browser.close', {}).catch(() => child.kill());
      await gone;
      rmSync(profile, { recursive: true, force: true });
    },
  });
}

const MINI_BROWSER = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

/** WebKit as GTK has it, in the dark where asked; nothing where there is none, or no display to draw on. */
export async function webkit({ dark = false } = {}) {
  const driver = process.env.WEBKIT_DRIVER ?? found('WebKitWebDriver');
  const binary = MINI_BROWSER.find((file) => existsSync(file));
  const xvfb = found('Xvfb');
  if (!driver || !binary || !xvfb) return undefined;
  const display = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1440x1080x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((done) => display.stdio[3].once('data', (said) => done(String(said).trim())));
  const port = await freePort();
  const env = {
    ...process.env,
    DISPLAY: `:${number}`,
    // A container has no user namespaces to shut it in; it opens nothing but this page.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    GTK_THEME: dark ? 'Adwaita:dark' : 'Adwaita',
    LANG: 'C.UTF-8',
  };
  const child = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKit: ${value.message}`);
    return value;
  };
  for (const end = Date.now() + MOST_MS; ; await pause(50)) {
    const ready = await send('GET', '/status').catch(() => undefined);
    if (ready) break;
    if (Date.now() > end) throw new Error('WebKit: its driver does not answer');
  }
  const options = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  const { sessionId } = await send('POST', '/session', { capabilities: { alwaysMatch: options } });
  const session = `/session/${sessionId}`;
  return browser({
    name: 'WebKit',
    open: (url) => send('POST', `${session}/url`, { url }),
    call: async (expression) => {
      const script = `const done = arguments[0]; (async () => JSON.stringify((await ${expression}) ?? null))().then(done, (error) => done(JSON.stringify({ thrown: String(error) })))`;
      const answer = JSON.parse(await send('POST', `${session}/execute/async`, { script, args: [] }));
      if (answer?.thrown) throw new Error(`WebKit: ${answer.thrown}`);
      return answer;
    },
    keys: (text) => {
      const actions = [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
      return send('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] });
    },
    close: async () => {
      await send('DELETE', session).catch(() => {});
      child.kill();
      display.kill();
    },
  });
}
