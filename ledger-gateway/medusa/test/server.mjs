// A whole Medusa server with the plug-in, in a folder of its own under target: migrated, seeded and started.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, createWriteStream, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "target", "shop");
const medusa = join(root, "node_modules", ".bin", "medusa");

/** @param settings port, databaseUrl and market; its log is target/shop/medusa.log */
export async function startShop({ port, databaseUrl, market }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules", "@clearmarket"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules", "@clearmarket", "medusa"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "shop", private: true, dependencies: { "@medusajs/medusa": "*" } }));
  for (const file of ["medusa-config.js", "seed.js"]) copyFileSync(join(root, "test", "shop", file), join(folder, file));
  const env = {
    ...process.env, DATABASE_URL: databaseUrl, MARKET: JSON.stringify(market), PORT: String(port),
    NODE_ENV: "production", MEDUSA_DISABLE_TELEMETRY: "true", MEDUSA_FF_ANALYTICS: "false",
  };
  const log = createWriteStream(join(folder, "medusa.log"));
  await run(["db:migrate"], env, log);
  const said = await run(["exec", "./seed.js"], env, log);
  const seeded = JSON.parse(/^SEEDED (.*)$/m.exec(said)?.[1] ?? fail("the seed said nothing; see target/shop/medusa.log"));
  const server = start(["start", "--port", String(port), "--host", "127.0.0.1"], env, log);
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; !(await healthy(url)); i++) {
    if (i > 600 || server.exitCode !== null) fail("Medusa does not start; see target/shop/medusa.log");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const stop = async () => {
    if (server.exitCode === null) {
      server.kill("SIGTERM");
      await once(server, "exit");
    }
  };
  return { url, seeded, stop };
}

function start(args, env, log) {
  const child = spawn(medusa, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return child;
}

async function run(args, env, log) {
  const child = start(args, env, log);
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  const [code] = await once(child, "close");
  if (code !== 0) fail(`medusa ${args[0]} ended with ${code}; see target/shop/medusa.log`);
  return said;
}

async function healthy(url) {
  return fetch(`${url}/health`).then((answer) => answer.ok, () => false);
}

function fail(message) {
  throw new Error(message);
}

/** True if `npm ci` has brought Medusa. */
export const installed = () => existsSync(medusa);
