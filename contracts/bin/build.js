#!/usr/bin/env node
// Brings the Solidity side up to date; does nothing, in milliseconds, when it is.
//   build.js           install the tools of package-lock.json, compile src/, write target/abi/*.{abi,bin}
//   build.js test ...  the same, then run the Foundry tests (further arguments go to forge)
'use strict';

const { spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);
const artifacts = path.join(root, 'target', 'forge', 'out');
const abiFolder = path.join(root, 'target', 'abi');

/** Contracts that Java gets wrappers for. */
const wrapped = ['MarketEscrow', 'TestToken'];

function sha256(files) {
  const hash = crypto.createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file))).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(file) : [file];
    })
    .sort();
}

/** Runs `action` unless `stamp` says that it already ran with the same `key`. */
function once(stamp, key, action) {
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === key) return;
  action();
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, key);
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (result.error) throw new Error(`${command} did not start: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function install() {
  once(path.join(root, 'node_modules', '.clearmarket-lock'), sha256(['package-lock.json']), () =>
    // The packages' scripts would only look for binaries that their platform packages already hold.
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}

/** The native binary; npm's wrapper would put a process in between. */
function forge() {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch];
  const binary = path.join(
    root, 'node_modules', '@foundry-rs', `forge-${process.platform}-${architecture}`, 'bin', 'forge');
  if (!fs.existsSync(binary)) {
    throw new Error(`no forge for ${process.platform}-${process.arch}: ${binary} is missing; run npm ci in ${root}`);
  }
  return binary;
}

function writeIfChanged(file, text) {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function compile() {
  const sources = filesUnder('src').filter((file) => file.endsWith('.sol'));
  const inputs = ['foundry.toml', 'package-lock.json', 'bin/build.js', 'bin/solc.js', ...sources];
  once(path.join(abiFolder, '.stamp'), sha256(inputs), () => {
    run(forge(), ['build', '--skip', 'test', '--quiet']);
    for (const name of wrapped) {
      const artifact = JSON.parse(fs.readFileSync(path.join(artifacts, `${name}.sol`, `${name}.json`), 'utf8'));
      writeIfChanged(path.join(abiFolder, `${name}.abi`), JSON.stringify(artifact.abi, null, 1));
      writeIfChanged(path.join(abiFolder, `${name}.bin`), artifact.bytecode.object.replace(/^0x/, ''));
    }
  });
}

try {
  install();
  compile();
  if (process.argv[2] === 'test') run(forge(), ['test', ...process.argv.slice(3)]);
} catch (error) {
  process.stderr.write(`contracts: ${error.message}\n`);
  process.exit(1);
}
