// An agency's sign-in for the tests: oidc-provider on loopback, with people that the test names.
//
// It signs in whoever the authorisation request names in login_hint. POST /people sets who there is;
// POST /mischief makes the next ID tokens bad in one named way, re-signed with the provider's own key
// where a bad token of a genuine provider is meant.
import http from "node:http";
import crypto from "node:crypto";
import Provider from "oidc-provider";
import * as jose from "jose";

const [port, redirectUri, afterUri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const client = "harbour";
const secret = "an-invented-client-secret-of-the-tests";

const { privateKey } = await jose.generateKeyPair("RS256", { extractable: true });
const jwk = { ...(await jose.exportJWK(privateKey)), kid: "its-own", alg: "RS256", use: "sig" };
const other = await jose.generateKeyPair("RS256", { extractable: true });

let people = {};
let mischief = "";

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client,
      client_secret: secret,
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [afterUri],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  jwks: { keys: [jwk] },
  cookies: { keys: [crypto.randomBytes(32).toString("hex")] },
  claims: { openid: ["sub", "groups", "amr"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<html><body>${form}</body></html>`;
      },
    },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...people[id] }),
  }),
});

async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    const login = { accountId: params.login_hint || "nobody", amr: ["pwd", "mfa"] };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client });
  grant.addOIDCScope("openid email profile");
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

const now = () => Math.floor(Date.now() / 1000);
const sign = (claims, key = privateKey) =>
  new jose.SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "its-own" }).sign(key);
const WAYS = {
  expired: (claims) => sign({ ...claims, iat: now() - 4000, exp: now() - 3600 }),
  "too-old": (claims) => sign({ ...claims, iat: now() - 4000 }),
  audience: (claims) => sign({ ...claims, aud: "another-service" }),
  "two-audiences": (claims) => sign({ ...claims, aud: [client, "another-service"] }),
  "authorised-party": (claims) => sign({ ...claims, azp: "another-service" }),
  issuer: (claims) => sign({ ...claims, iss: "http://127.0.0.1:1" }),
  nonce: (claims) => sign({ ...claims, nonce: "another-sign-in" }),
  "no-nonce": ({ nonce, ...claims }) => sign(claims),
  "access-hash": (claims) => sign({ ...claims, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }),
  "other-key": (claims) => sign(claims, other.privateKey),
  none: (claims) => new jose.UnsecuredJWT(claims).encode(),
  "client-secret": (claims) =>
    new jose.SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(secret)),
  "public-key-as-secret": async (claims) => {
    const text = await jose.exportSPKI(await jose.importJWK({ kty: jwk.kty, n: jwk.n, e: jwk.e }, "RS256"));
    return new jose.SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid: "its-own" })
      .sign(Buffer.from(text));
  },
  missing: () => undefined,
};

provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === "/token" && mischief && ctx.body && ctx.body.id_token) {
    ctx.body.id_token = await WAYS[mischief](jose.decodeJwt(ctx.body.id_token));
  }
});

async function body(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

const answer = provider.callback();
const server = http.createServer(async (request, response) => {
  if (request.url === "/people" || request.url === "/mischief") {
    const sent = await body(request);
    if (request.url === "/people") {
      people = JSON.parse(sent);
    } else {
      mischief = sent;
    }
    response.end("ok");
  } else if (request.url.startsWith("/elsewhere/")) {
    response.writeHead(302, { location: request.url.replace("/elsewhere", "") });
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    await interact(request, response);
  } else {
    answer(request, response);
  }
});
server.listen(Number(port), "127.0.0.1", () => console.log(`ready ${Object.keys(WAYS).join(" ")}`));
