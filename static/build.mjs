// Builds static/dist from static/css, static/js and static/img. The result is committed, so the program runs without Node.
// `--check` writes nothing and fails when the committed files are not what the sources give.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const STYLES = ["learner", "staff"];
const SCRIPTS = ["app", "learn"];
const PICTURES = ["icon.svg"];
// Largest size over the wire, in bytes after brotli: a first visit on 2G pays for each of them.
const BUDGET = { "learner.css": 7168, "staff.css": 9216, "app.js": 2048, "learn.js": 3584, "icon.svg": 600 };

async function style(name) {
  const { css } = compile(join(here, "css", `${name}.scss`), {
    loadPaths: [join(here, "..", "node_modules")],
    quietDeps: true,
    style: "expanded",
  });
  const result = await build({
    stdin: { contents: css, loader: "css" },
    minify: true,
    target: ["chrome66", "safari12"],
    write: false,
    legalComments: "none",
  });
  return result.outputFiles[0].contents;
}

async function script(name) {
  const result = await build({
    entryPoints: [join(here, "js", `${name}.js`)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2018",
    write: false,
    legalComments: "none",
  });
  return result.outputFiles[0].contents;
}

function hashed(name, bytes) {
  const mark = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  return name.replace(/\.(\w+)$/, `-${mark}.$1`);
}

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
const gzip = (bytes) => gzipSync(bytes, { level: 9 });

async function sources() {
  const made = new Map();
  for (const name of STYLES) made.set(`${name}.css`, Buffer.from(await style(name)));
  for (const name of SCRIPTS) made.set(`${name}.js`, Buffer.from(await script(name)));
  for (const name of PICTURES) made.set(name, readFileSync(join(here, "img", name)));
  return made;
}

function files(made) {
  const written = new Map();
  const manifest = {};
  for (const [name, bytes] of [...made].sort()) {
    const file = hashed(name, bytes);
    manifest[name] = file;
    written.set(file, bytes).set(`${file}.br`, brotli(bytes)).set(`${file}.gz`, gzip(bytes));
  }
  return written.set("manifest.json", Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}

function isOverBudget(made) {
  const over = [...made].filter(([name, bytes]) => {
    const size = brotli(bytes).length;
    console.log(`${name.padEnd(12)} ${String(bytes.length).padStart(6)} B, ${String(size).padStart(5)} B brotli`);
    return size > BUDGET[name];
  });
  over.forEach(([name]) => console.error(`${name} is above its ${BUDGET[name]} bytes`));
  return over.length > 0;
}

const plain = (file, bytes) =>
  file.endsWith(".br") ? brotliDecompressSync(bytes) : file.endsWith(".gz") ? gunzipSync(bytes) : bytes;

// Compressors differ between Node versions, so what they hold is compared, not their own bytes.
function differences(written) {
  const stale = existsSync(dist) ? readdirSync(dist).filter((file) => !written.has(file)) : [];
  const changed = [...written].filter(([file, bytes]) => {
    const path = join(dist, file);
    return !existsSync(path) || !plain(file, readFileSync(path)).equals(plain(file, bytes));
  });
  return [...stale, ...changed.map(([file]) => file)];
}

const made = await sources();
const written = files(made);
let failed = isOverBudget(made);
if (process.argv.includes("--check")) {
  const different = differences(written);
  different.forEach((file) => console.error(`static/dist/${file} does not match its source; run: npm run build`));
  failed = failed || different.length > 0;
} else {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [file, bytes] of written) writeFileSync(join(dist, file), bytes);
}
process.exitCode = failed ? 1 : 0;
