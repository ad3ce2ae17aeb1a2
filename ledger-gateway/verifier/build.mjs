// Brings the library up to date; does nothing, in milliseconds, when it is.
//   build.mjs        install the compiler of package-lock.json, compile src/ to target/
//   build.mjs test   the same, then run the tests
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));

const run = (command, ...words) => {
  const { status, error } = spawnSync(command, words, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

/** Runs an action unless it ran with the same files before. */
const once = (stamp, files, action) => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  const key = hash.digest("hex");
  const at = join(root, stamp);
  if (existsSync(at) && readFileSync(at, "utf8") === key) return;
  action();
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, key);
};

once("node_modules/.clearmarket-lock", ["package-lock.json"], () =>
  run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
once("target/.stamp", ["package-lock.json", "tsconfig.json", "src/proof.ts"], () =>
  run(process.execPath, "node_modules/typescript/bin/tsc", "--project", "."));
if (process.argv[2] === "test") run(process.execPath, "--test", "test/");
