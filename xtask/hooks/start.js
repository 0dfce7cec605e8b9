// The start script, written into the page by `build.mjs` with the names of the files: program, its rest, texts by language.
const { js, wasm, rest, texts } = FILES;

const stored = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // A frame may be refused even the question.
  }
};
const asked = [stored('headroom.lang'), ...navigator.languages].map((tag) => tag?.split('-')[0].toLowerCase());
const lang = asked.find((tag) => tag in texts) ?? 'en';

const answer = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
};
globalThis.loadTexts = async (lang) => (await answer(texts[lang])).text();

// The rest of the program: loaded at the first sign of a person, or when it is called for.
let first;
let loading;
const load = () => {
  loading ??= answer(rest)
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.instantiate(bytes, { first }))
    .then(() => performance.mark('headroom:rest'))
    .catch((error) => {
      loading = undefined;
      console.error(error);
    });
  return loading;
};
const failed = document.getElementById('not-started');
globalThis.loadRest = () => {
  const request = new XMLHttpRequest();
  try {
    // At once, because what calls for it cannot wait; as text, because bytes are not to be had at once.
    request.open('GET', rest, false);
    request.overrideMimeType('text/plain; charset=x-user-defined');
    request.send();
    const bytes = Uint8Array.from(request.responseText, (c) => c.charCodeAt(0) & 255);
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { first });
    performance.mark('headroom:rest');
  } catch (error) {
    failed.hidden = false;
    document.body.prepend(failed);
    throw error;
  }
};
const signs = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'focusin', 'hashchange', 'dragenter'];
// These can wait, the last of each, until all is there: rather than hold the page up.
const waiting = { pointermove: undefined, wheel: undefined, focusin: undefined };
const sign = (event) => {
  if (event.type in waiting) {
    event.stopImmediatePropagation();
    waiting[event.type] = event;
  }
  load().then(() => {
    signs.forEach((name) => removeEventListener(name, sign, true));
    for (const name in waiting) {
      const event = waiting[name];
      waiting[name] = undefined;
      event?.target.dispatchEvent(new event.constructor(name, event));
    }
  });
};

try {
  const spoken = globalThis.loadTexts(lang);
  const program = await import(js);
  first = await program.default({ module_or_path: wasm });
  if (rest) {
    signs.forEach((name) => addEventListener(name, sign, { capture: true, passive: true }));
    // What was kept or linked is read by the rest.
    if (location.hash.length > 1 || stored('headroom.scenario')) await load();
  }
  program.begin(lang, await spoken);
} catch (error) {
  console.error(error);
  failed.hidden = false;
}
