#!/usr/bin/env node
// Brings the Solidity side up to date; does nothing, in milliseconds, when it is.
//   build.js           install the tools of package-lock.json, compile src/, write target/abi/*.{abi,bin}
//   build.js test ...  the same, then run the Foundry tests (further arguments go to forge)
//   build.js coverage  lines and branches that the tests reach, as a table
//   build.js compare   gas beside base/commerce-payments, whose checkout COMMERCE_PAYMENTS names
'use strict';

const { spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);
const artifacts = path.join(root, 'target', 'forge', 'out');
const abiFolder = path.join(root, 'target', 'abi');

/** Permit2's runtime code, in the source of its authors' deployment helper. */
const permit2 = path.join(
  root, 'node_modules', '@uniswap', 'v4-periphery', 'lib', 'permit2', 'test', 'utils', 'DeployPermit2.sol');

/** Forge compiles without optimizer for it, so gas is another; random sequences are slow then. */
const coverage = [
  '--report', 'summary', '--no-match-coverage', '(test|compare|node_modules)/',
  '--no-match-contract', 'GasTest|InvariantTest',
];

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

function permit2Code() {
  const code = /hex"([0-9a-f]{10000,})"/.exec(fs.readFileSync(permit2, 'utf8'));
  if (!code) throw new Error(`${permit2} does not hold Permit2's code`);
  return `0x${code[1]}`;
}

function compile() {
  const sources = filesUnder('src').filter((file) => file.endsWith('.sol'));
  const inputs = ['foundry.toml', 'package-lock.json', 'bin/build.js', 'bin/solc.js', ...sources];
  once(path.join(abiFolder, '.stamp'), sha256(inputs), () => {
    run(forge(), ['build', '--skip', 'test', 'compare', '--quiet']);
    writeIfChanged(path.join(abiFolder, 'Permit2.bin'), permit2Code());
    for (const name of wrapped) {
      const artifact = JSON.parse(fs.readFileSync(path.join(artifacts, `${name}.sol`, `${name}.json`), 'utf8'));
      writeIfChanged(path.join(abiFolder, `${name}.abi`), JSON.stringify(artifact.abi, null, 1));
      writeIfChanged(path.join(abiFolder, `${name}.bin`), artifact.bytecode.object.replace(/^0x/, ''));
    }
  });
}

/** Their settings are ours, so that only the contracts differ; `lib/solady` is their submodule. */
function compare(rest) {
  const theirs = process.env.COMMERCE_PAYMENTS;
  if (!theirs) throw new Error('COMMERCE_PAYMENTS must name a checkout of base/commerce-payments with its lib/solady');
  const folder = path.resolve(theirs);
  process.env.FOUNDRY_PROFILE = 'compare';
  run(forge(), [
    'test', '-vv', '--lib-paths', 'node_modules', '--lib-paths', folder,
    '--remappings', `commerce-payments/=${folder}/`, '--remappings', `solady/=${folder}/lib/solady/src/`, ...rest,
  ]);
}

/** 10,000 fuzz runs, and random sequences of 500 calls: 10,000 of them, or as many as the given minutes let. */
function release(minutes, rest) {
  process.env.FOUNDRY_PROFILE = 'release';
  if (minutes) process.env.FOUNDRY_INVARIANT_TIMEOUT = String(Math.round(Number(minutes) * 60));
  run(forge(), ['test', ...rest]);
}

try {
  install();
  compile();
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'test') run(forge(), ['test', ...rest]);
  if (command === 'coverage') run(forge(), ['coverage', ...coverage, ...rest]);
  if (command === 'compare') compare(rest);
  if (command === 'release') release(rest[0], rest.slice(1));
} catch (error) {
  process.stderr.write(`contracts: ${error.message}\n`);
  process.exit(1);
}
