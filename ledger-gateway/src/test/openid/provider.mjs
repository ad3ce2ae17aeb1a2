// An OpenID provider with one client per caller (client credentials), whose access tokens are JWTs (RFC 9068) with the claims
// that Clearmarket reads. Arguments: a JSON file {callers: {id: claims}, keys: JWKS file to use or make, issuer?: an earlier
// instance's, secondsBehind?: how late its clock is, site?: a client of the
// authorization code flow, whose people sign in with any password}. Prints its address once it listens, and ends with its standard input.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair } from "jose";

const settings = JSON.parse(readFileSync(process.argv[2]));
const now = Date.now;
Date.now = () => now() - (settings.secondsBehind ?? 0) * 1000;
const { Provider } = await import("oidc-provider");

if (!existsSync(settings.keys)) {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), use: "sig", alg: "ES256", kid: "1" };
  writeFileSync(settings.keys, JSON.stringify({ keys: [key] }), { mode: 0o600 });
}
const { site } = settings;
const pages = site && {
  client_id: site.clientId,
  client_secret: site.secret,
  grant_types: ["authorization_code"],
  redirect_uris: [site.redirectUri],
  response_types: ["code"],
  backchannel_logout_uri: new URL("/logout/back-channel", site.redirectUri).href,
  backchannel_logout_session_required: true,
  id_token_signed_response_alg: "ES256",
};
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(settings.issuer ?? address, {
    jwks: JSON.parse(readFileSync(settings.keys)),
    clients: [...(pages ? [pages] : []), ...Object.keys(settings.callers).map((id) => ({
      client_id: id,
      client_secret: `${id}-secret`,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: "ES256",
    }))],
    scopes: ["openid", "market"],
    claims: { openid: ["sub"], market: ["market", "party", "managed", "team"] },
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...site?.people[id] }) }),
    pkce: { methods: ["S256"], required: () => true },
    features: {
      devInteractions: { enabled: site !== undefined },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (context, resource) => ({
          scope: "",
          audience: resource,
          accessTokenTTL: 600,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
    extraTokenClaims: (context, token) => settings.callers[token.clientId],
  });
  server.on("request", provider.callback());
  console.log(address);
});
process.stdin.on("end", () => process.exit(0)).resume();
