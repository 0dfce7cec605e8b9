// The start script, written into the page by `build.mjs` with the names of the files: program, its rest, texts by language.
// It stands before the style sheets, so that nothing it asks for waits for them.
(async () => {
  const { js, wasm, rest, texts } = FILES;
  // A frame whose program has ended: what stands behind `#` then, before the scenario's payload.
  const ENDED = 'ended.';

  const answer = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response;
  };
  const text = async (url) => (await answer(url)).text();
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // A frame may be refused even the question.
    }
  };
  const tags = [stored('headroom.lang'), ...navigator.languages].map((tag) => tag?.split('-')[0].toLowerCase());
  const lang = tags.find((tag) => Object.hasOwn(texts, tag)) ?? 'en';
  // What was kept or linked may say anything, and is read by the rest.
  const isWhole = location.hash.length > 1 || stored('headroom.scenario') !== null;
  // Parsed first: what is to be said stands in the page.
  let failed;
  let ended;
  const parsed = new Promise((done) =>
    addEventListener('DOMContentLoaded', () => {
      failed = document.getElementById('not-started');
      ended = document.getElementById('ended');
      for (const said of ended.querySelectorAll('p[lang]')) said.hidden = said.lang !== lang;
      for (const said of ended.querySelectorAll('[data-ko]')) {
        if (lang === 'ko') said[said.matches('input') ? 'ariaLabel' : 'textContent'] = said.dataset.ko;
      }
      done();
    }),
  );

  // Should the program ever end (a trap: nothing of it can be called again), a sentence stands above what was last seen, with the
  // link of what it was about to compute, and the page's address is one that does not lead there again.
  const base = location.href.split('#')[0];
  const session = (work) => {
    try {
      return work(sessionStorage);
    } catch {
      return null; // A frame may be refused even the question.
    }
  };
  let program;
  let isOver = false;
  const payloadOf = (hash) => (/^(?:embed(?:-[^.]*)?|ended)\./.test(hash) ? hash.slice(hash.indexOf('.') + 1) : hash);
  const isFrame = () => window.parent !== window || /^(embed|ended)\b/.test(location.hash.slice(1));
  /** Says so, with the scenario's link; `after`: on the page that was started anew. */
  const say = (payload, after) => {
    const link = ended.querySelector('input');
    link.value = `${base}#${payload}`;
    link.closest('div').hidden = !payload;
    for (const said of ended.querySelectorAll('[data-when]')) {
      said.hidden ||= said.dataset.when !== (after ? 'after' : 'now');
    }
    const [copy, anew, close] = ended.querySelectorAll('button');
    copy.onclick = () => {
      link.select();
      navigator.clipboard?.writeText(link.value).catch(() => document.execCommand('copy'));
    };
    anew.hidden = after || isFrame();
    anew.onclick = () => location.reload();
    close.hidden = !after;
    close.onclick = () => {
      session((kept) => kept.removeItem('headroom.ended'));
      ended.remove();
    };
    ended.hidden = false;
    document.body.prepend(ended);
  };
  const isEnd = (error) => error instanceof WebAssembly.RuntimeError || /wasm-function|\[wasm code\]/.test(error?.stack ?? '');
  const end = () => {
    if (isOver) return;
    isOver = true;
    // Nothing may call what has ended: no timer, and nothing that the window hears.
    for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
    for (const name of ['hashchange', 'pagehide', 'keydown', 'drop', 'dragover', 'submit', 'headroom:whole']) {
      addEventListener(name, (event) => event.stopImmediatePropagation(), true);
    }
    let payload = payloadOf(location.hash.slice(1));
    try {
      payload = program.last_link() || payload;
    } catch {
      // Then the address is what is known.
    }
    for (const child of document.body.children) child.inert = true;
    const isFramed = isFrame();
    // A reload by hand goes there, too.
    history.replaceState(null, '', isFramed ? `${base}#${ENDED}${payload}` : base);
    if (!isFramed) {
      session((kept) => kept.setItem('headroom.ended', payload));
      try {
        // It may be what ended the program; as a link it is kept.
        if (payload) localStorage.removeItem('headroom.scenario');
      } catch {
        // Nothing was kept then.
      }
    }
    say(payload, false);
    ended.focus();
  };
  for (const name of ['error', 'unhandledrejection']) {
    addEventListener(name, (event) => {
      if (isEnd(event.error ?? event.reason)) end();
    });
  }
  if (location.hash.startsWith(`#${ENDED}`)) {
    await parsed;
    document.body.replaceChildren();
    say(payloadOf(location.hash.slice(1)), false);
    return;
  }

  const imported = import(js);
  const binary = answer(wasm);
  // Whoever waits for them hears of it; here it would only be said twice.
  for (const asked of [imported, binary]) asked.catch(() => {});

  const spoken = text(isWhole ? texts[lang].all : texts[lang].first);
  spoken.catch(() => {});
  globalThis.loadTexts = (lang) => text(texts[lang].all);

  // The rest of the program and of its texts: loaded at the first sign of a person, or when it is called for.
  let first;
  let loading;
  let isThere = false;
  const arrived = () => {
    if (!isThere) performance.mark('headroom:rest');
    isThere = true;
  };
  const load = async () => {
    const [bytes, all] = await Promise.all([
      isThere || !rest ? undefined : answer(rest).then((response) => response.arrayBuffer()),
      isWhole ? undefined : globalThis.loadTexts(lang),
    ]);
    if (bytes && !isThere) await WebAssembly.instantiate(bytes, { first });
    arrived();
    return all;
  };
  const loaded = () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  globalThis.loadRest = () => {
    const request = new XMLHttpRequest();
    try {
      // At once, because what calls for it cannot wait; as text, because bytes are not to be had at once.
      request.open('GET', rest, false);
      request.overrideMimeType('text/plain; charset=x-user-defined');
      request.send();
      const bytes = Uint8Array.from(request.responseText, (c) => c.charCodeAt(0) & 255);
      new WebAssembly.Instance(new WebAssembly.Module(bytes), { first });
      arrived();
    } catch (error) {
      failed.hidden = false;
      document.body.prepend(failed);
      throw error;
    }
  };
  const signs = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'click', 'focusin', 'input', 'change', 'hashchange', 'dragenter'];
  // These can wait, the last of each, until all is there: rather than hold the page up.
  const waiting = { pointermove: undefined, wheel: undefined, focusin: undefined };
  const sign = async (event) => {
    if (Object.hasOwn(waiting, event.type)) {
      event.stopImmediatePropagation();
      waiting[event.type] = event;
    }
    try {
      const detail = await loaded();
      // The first sign that comes so far speaks for all.
      if (signs.length === 0) return;
      for (const name of signs.splice(0)) removeEventListener(name, sign, true);
      dispatchEvent(new CustomEvent('headroom:whole', { detail }));
      for (const event of Object.values(waiting)) event?.target.dispatchEvent(new event.constructor(event.type, event));
    } catch (error) {
      console.error(error);
    }
  };

  try {
    program = await imported;
    first = await program.default({ module_or_path: binary });
    await parsed;
    if (isWhole) await loaded().catch(console.error);
    for (const name of signs) addEventListener(name, sign, { capture: true, passive: true });
    const kept = session((kept) => kept.getItem('headroom.ended'));
    program.begin(lang, await spoken);
    if (kept && !isFrame()) say(kept, true);
  } catch (error) {
    console.error(error);
    await parsed;
    if (isEnd(error)) end();
    else failed.hidden = false;
  }
})();
