// Short names between the program and its script: what wasm-bindgen calls `__wbg_appendChild_59ba8c5bf4a7f2b1` is sent on
// every first visit, in both files.
import { renamed } from './wasm.mjs';

const LONG = /\b(?:__wbg_|__wbindgen_|__externref_|wasm_bindgen__)\w+/g;

/** Both with their shared names made short: `{ script, program }`. */
export function shortened(script, program) {
  const short = new Map();
  for (const [name] of script.matchAll(LONG)) if (!short.has(name)) short.set(name, `$${short.size.toString(36)}`);
  const rename = (name) => short.get(name) ?? name;
  return { script: script.replace(LONG, rename), program: renamed(program, rename) };
}
