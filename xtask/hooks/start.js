// The start script, written into the page by `build.mjs` with the names of the files: program, its rest, texts by language.
// It stands before the style sheets, so that nothing it asks for waits for them.
(async () => {
  const { js, wasm, rest, texts } = FILES;

  const answer = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response;
  };
  const text = async (url) => (await answer(url)).text();
  const imported = import(js);
  const binary = answer(wasm);
  // Whoever waits for them hears of it; here it would only be said twice.
  for (const asked of [imported, binary]) asked.catch(() => {});

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
  const spoken = text(isWhole ? texts[lang].all : texts[lang].first);
  spoken.catch(() => {});
  globalThis.loadTexts = (lang) => text(texts[lang].all);

  let failed;
  const parsed = new Promise((done) =>
    addEventListener('DOMContentLoaded', () => {
      failed = document.getElementById('not-started');
      done();
    }),
  );

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
  const signs = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'click', 'focusin', 'hashchange', 'dragenter'];
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
    const program = await imported;
    first = await program.default({ module_or_path: binary });
    await parsed;
    if (isWhole) await loaded().catch(console.error);
    for (const name of signs) addEventListener(name, sign, { capture: true, passive: true });
    program.begin(lang, await spoken);
  } catch (error) {
    console.error(error);
    await parsed;
    failed.hidden = false;
  }
})();
