// Builds the client and the pages that use it; does nothing, in milliseconds, when neither changed.
//   build.mjs        target/dist: the package; ../target/classes/static/assets: the pages' scripts
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const description = join(root, "..", "openapi.json");
const assets = join(root, "..", "target", "classes", "static", "assets");
const dist = join(root, "target", "dist");

function filesUnder(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

function sha256(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update("\0");
  return hash.digest("hex");
}

/** Runs the action unless the stamp says that it already ran with the same key, and what it made is there. */
function once(stamp, key, made, action) {
  if (existsSync(stamp) && existsSync(made) && readFileSync(stamp, "utf8") === key) return;
  action();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, key);
}

function run(command, ...args) {
  const { error, status } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (error) throw new Error(`${command} did not start: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${args[0]} failed`);
}

const tool = (name) => join(root, "node_modules", ".bin", name);

/** The packages' scripts would only check that their platform's binaries are there. */
function install() {
  const modules = join(root, "node_modules");
  once(join(modules, ".clearmarket-lock"), sha256(["package-lock.json"]), modules, () =>
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
  );
}

function compile() {
  const schema = join(root, "target", "generated", "schema.d.ts");
  const inputs = ["../openapi.json", "build.mjs", "package-lock.json", "tsconfig.json", ...filesUnder("src"), ...filesUnder("page")];
  once(join(assets, ".storefront"), sha256(inputs), dist, () => {
    rmSync(dist, { recursive: true, force: true });
    run(tool("openapi-typescript"), description, "--output", schema);
    run(tool("tsc"), "--project", "tsconfig.json");
    copyFileSync(schema, join(dist, "src", "schema.d.ts"));
    bundle();
  });
}

/** One file for each page, for browsers of the last few years. */
function bundle() {
  const pages = filesUnder("page").filter((file) => file.endsWith(".entry.ts"));
  if (pages.length === 0) return;
  const options = ["--bundle", "--format=esm", "--splitting", "--minify", "--target=es2022", "--log-level=warning", "--charset=utf8"];
  run(tool("esbuild"), ...pages, ...options, "--entry-names=[name]", "--chunk-names=[name]-[hash]", `--outdir=${assets}`);
}

try {
  install();
  compile();
} catch (error) {
  process.stderr.write(`storefront: ${error.message}\n`);
  process.exit(1);
}
