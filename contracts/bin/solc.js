#!/usr/bin/env node
// Forge calls this as its Solidity compiler, so that the compiler comes from the lock file like every other tool and
// nothing is downloaded at build time. Forge uses only these two modes.
'use strict';

const fs = require('node:fs');
const solc = require('solc');

const args = process.argv.slice(2);

if (args.includes('--version')) {
  // Forge parses native solc's last line.
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}\n`);
} else if (args.includes('--standard-json')) {
  // Forge passes every source's text in the input: there is nothing to import from disk.
  process.stdout.write(solc.compile(fs.readFileSync(0, 'utf8')));
} else {
  process.stderr.write(`solc.js: only --version and --standard-json are supported, got: ${args.join(' ')}\n`);
  process.exit(2);
}
