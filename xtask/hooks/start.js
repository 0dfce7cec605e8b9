// The start script, written into the page by `build.mjs` with the names of the files: the program, its script, texts by language,
// and what only some ask for: data, the study aid and what there is to learn, and the program of AWS's documents.
// It stands before the style sheets, so that nothing it asks for waits for them.
(async () => {
  const { js, wasm, study, texts, data, packs, documents } = FILES;
  // A frame whose program has ended: what stands behind `#` then, before the scenario's payload.
  const ENDED = 'ended.';

  /** Milliseconds after which somebody wants to know why nothing happens. */
  const SLOW_MS = 8000;

  const answer = async (url, options) => {
    const response = await fetch(url, options);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response;
  };
  // A file that is asked for anew: who waited for the answer before is given the new one.
  const asks = {};
  // Answers that are on their way before anybody asks.
  const ahead = {};
  const urlOf = (name) => texts[name] ?? data[name] ?? (packs.names.includes(name) ? packs.folder + name : undefined);
  globalThis.loadFile = (name) => {
    const url = urlOf(name);
    // Asked for by an address: nobody is to be asked for what there is not.
    if (!url) return Promise.reject(new Error(`there is no file ${name}`));
    const before = asks[name];
    const stop = new AbortController();
    const early = ahead[name];
    delete ahead[name];
    const text = (early ?? answer(url, { cache: before ? 'reload' : 'default', signal: stop.signal }))
      .then((response) => response.text())
      .catch((error) => {
        if (stop.signal.aborted) return asks[name].text;
        throw error;
      });
    asks[name] = { stop, text };
    before?.stop.abort();
    return text;
  };
  // The study aid is a half of the program, in a file of its own: it lives in the program's memory, and shares its functions.
  let shared;
  let half;
  let stopHalf;
  let isHalfKept = true;
  const compileHalf = async () => {
    stopHalf = new AbortController();
    const response = await answer(study, { cache: isHalfKept ? 'default' : 'reload', signal: stopHalf.signal });
    return WebAssembly.compile(await response.arrayBuffer());
  };
  const loadHalf = async () => {
    half ??= compileHalf();
    const { signal } = stopHalf;
    try {
      await WebAssembly.instantiate(await half, { __wasm_split: shared });
      return true;
    } catch (error) {
      half = undefined;
      // What the browser has kept of it may be what is wrong.
      isHalfKept = false;
      if (signal.aborted) return loadHalf();
      console.error(error);
      return false;
    }
  };
  /** Asks for it anew: who waits for it is given the new one. */
  globalThis.loadStudyAnew = () => stopHalf?.abort();
  globalThis.programParts = {
    /** Called by the program, whose function of that number hears whether the half is there. */
    __wasm_split_load_study: async (number, waiting) => {
      const isThere = await loadHalf();
      shared.__indirect_function_table.get(number)(waiting, isThere);
    },
  };
  // AWS's documents are a program of its own: made ready once, however many wait for it.
  let made;
  let times = 0;
  const make = async () => {
    // A script that did not come is never asked for again under the same name.
    const script = times ? `${documents.js}?${times}` : documents.js;
    const binary = answer(documents.wasm, { cache: times ? 'reload' : 'default' });
    binary.catch(() => {});
    times += 1;
    const program = await import(script);
    await program.default({ module_or_path: binary });
    return program;
  };
  // Asked `anew` it is made again, and who waited for the one before is given the new one.
  globalThis.loadDocuments = async (lang, anew) => {
    if (anew) made = undefined;
    const mine = (made ??= make());
    try {
      const program = await mine;
      if (!program.speak(lang, await (asks[lang]?.text ?? loadFile(lang)))) throw new Error(`${documents.wasm} is of another release`);
      return program;
    } catch (error) {
      if (made && made !== mine) return loadDocuments(lang);
      made = undefined;
      throw error;
    }
  };
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // A frame may be refused even the question.
    }
  };
  // A frame's link may say how it looks, and which parts it has.
  const embed = /^#embed(?:(-[^.]*)?\.|$)/.exec(location.hash);
  const flags = embed?.[1]?.split('-') ?? [];
  const tags = [...flags, stored('headroom.lang'), ...navigator.languages].map((tag) => tag?.split('-')[0].toLowerCase());
  const lang = tags.find((tag) => Object.hasOwn(texts, tag)) ?? 'en';
  // The frame that stands meanwhile wears the colours, has the parts, and leaves the room for the language, that the page will have.
  const root = document.documentElement;
  root.lang = lang;
  const theme = flags.find((flag) => flag === 'dark' || flag === 'light') ?? stored('headroom.theme');
  const isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = isDark ? 'dark' : 'light';
  // Who knows the page, or sees it in a frame, is not told what it is.
  try {
    const isKnown = Object.keys(localStorage).some((key) => /^headroom\.(own\.|greeted)/.test(key));
    if (isKnown || window.parent !== window) root.dataset.known = '';
  } catch {
    root.dataset.known = '';
  }
  const parts = ['verdict', 'figures', 'charts', 'log'].filter((part) => flags.includes(part));
  if (embed) root.dataset.embed = parts.length > 0 ? parts.join(' ') : 'verdict figures charts';
  // Parsed first: what is to be said stands in the page.
  let failed;
  let ended;
  const parsed = new Promise((done) =>
    addEventListener('DOMContentLoaded', () => {
      failed = document.getElementById('not-started');
      ended = document.getElementById('ended');
      for (const part of [failed, ended]) {
        for (const said of part.querySelectorAll('p[lang]')) said.hidden = said.lang !== lang;
        for (const said of part.querySelectorAll('[data-ko]')) {
          if (lang === 'ko') said[said.matches('input') ? 'ariaLabel' : 'textContent'] = said.dataset.ko;
        }
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
    for (const name of ['hashchange', 'pagehide', 'keydown', 'drop', 'dragover', 'submit']) {
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
        // What was shown last may be what ended the program: the next page begins with the first of those that are shipped.
        for (const kept of [localStorage, sessionStorage]) kept.setItem('headroom.last', 'finals_game');
      } catch {
        // Nothing was kept then.
      }
    }
    say(payload, false);
    ended.focus();
  };
  for (const name of ['error', 'unhandledrejection']) {
    addEventListener(name, (event) => {
      const error = event.error ?? event.reason;
      if (!isEnd(error)) return;
      // What ends the program of documents ends no more than its dialog.
      if (/\bdocuments_bg\b/.test(error.stack)) {
        made = undefined;
        dispatchEvent(new Event('headroom:documents-ended'));
      } else end();
    });
  }
  if (location.hash.startsWith(`#${ENDED}`)) {
    await parsed;
    document.body.replaceChildren();
    say(payloadOf(location.hash.slice(1)), false);
    return;
  }

  /** Says why there is no page, or none yet, above the frame that stands in its place. */
  const lack = async (cause, what = '') => {
    await parsed;
    for (const said of failed.querySelectorAll('p[lang]')) said.hidden = said.lang !== lang || said.dataset.when !== cause;
    failed.querySelector('code').textContent = what;
    const [retry, reload] = failed.querySelectorAll('button');
    retry.hidden = cause === 'browser' || cause === 'disk' || cause === 'release';
    reload.hidden = cause !== 'release';
    retry.onclick = reload.onclick = async () => {
      if (cause !== 'slow') {
        await lack('slow');
        // What the browser has kept of them may be what is wrong.
        const anew = [js, wasm, texts[lang]].map(async (url) => (await fetch(url, { cache: 'reload' })).arrayBuffer());
        await Promise.allSettled(anew);
      }
      location.reload();
    };
    document.querySelector('.skeleton [aria-busy]').ariaBusy = String(cause === 'slow');
    document.getElementById('loading').hidden = cause !== 'slow';
    failed.dataset.is = cause;
    failed.hidden = false;
    document.body.prepend(failed);
  };
  /** Why: whether the page's own place, the browser, or a host that mixes releases is at fault, or nothing but a file. */
  const causeOf = async (error) => {
    if (location.protocol === 'file:') return 'disk';
    // Numbers by the dozen (SIMD): a function that makes some of one.
    const simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
    if (!globalThis.WebAssembly?.validate(new Uint8Array(simd))) return 'browser';
    if (error instanceof WebAssembly.LinkError || /is not an? (function|object)|of another release/.test(error.message)) return 'release';
    // The host answers, but not to a frame without an origin: that is refused what it may not read.
    const isRefused = error instanceof TypeError && self.origin === 'null' && (await fetch(js, { mode: 'no-cors' }).catch(() => null));
    return isRefused ? 'origin' : 'file';
  };

  /** A frame tells the page around it how high it is, whenever that changes: docs/embedding.md. */
  const tellHeight = () => {
    if (window.parent === window) return;
    const tell = () => {
      const { height } = document.body.getBoundingClientRect();
      if (document.querySelector('main.embed')) window.parent.postMessage({ type: 'headroom:height', height: Math.ceil(height) }, '*');
    };
    new ResizeObserver(tell).observe(document.body);
  };

  const imported = import(js);
  const binary = answer(wasm);
  const spoken = loadFile(lang);
  // Where the address leads to the study aid, its half comes while the program does; and so does a lesson.
  if (/^#(?:learn|quiz|q|exam|review|terms|wrong|tables|embed-(?:[^.]*-)?learn)\b/.test(location.hash)) half = compileHalf();
  half?.catch(() => {});
  const [, lesson] = /^#(?:learn|embed-(?:[^.]*-)?learn(?:-[^.]*)?)\.([^.]+)/.exec(location.hash) ?? [];
  const pack = `lesson-${lesson}`;
  if (urlOf(`${pack}.json`)) {
    for (const file of [`${pack}.json`, `${pack}.${lang}.json`, 'sources.json']) {
      ahead[file] = answer(urlOf(file));
      ahead[file].catch(() => {});
    }
  }
  // Whoever waits for them hears of it; here it would only be said twice.
  for (const asked of [imported, binary, spoken]) asked.catch(() => {});
  const slow = setTimeout(lack, SLOW_MS, 'slow');

  try {
    program = await imported;
    shared = await program.default({ module_or_path: binary });
    await parsed;
    const kept = session((kept) => kept.getItem('headroom.ended'));
    const unfit = program.begin(lang, await spoken);
    if (unfit) throw new Error(unfit);
    clearTimeout(slow);
    tellHeight();
    if (kept && !isFrame()) say(kept, true);
  } catch (error) {
    clearTimeout(slow);
    console.error(error);
    await parsed;
    if (isEnd(error)) end();
    else await lack(await causeOf(error), error.message);
  }
})();
