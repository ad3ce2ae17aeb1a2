// Reads paths from standard input, a line each; says of each what digital-link.js thinks, as JSON.
const { DigitalLink } = require("digital-link.js");

const judged = (path) => {
  try {
    const link = DigitalLink(`https://id.gs1.org${path}`);
    return link.isValid() ? { identifier: link.getIdentifier(), qualifiers: link.getKeyQualifiers() } : null;
  } catch {
    return null;
  }
};

const paths = require("node:fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(JSON.stringify(paths.map(judged)));
