// A whole AT Protocol network on loopback for tests: a real PLC directory (in memory), the reference PDS (with SQLite in a
// separate folder) and a small control server for operations that no public API offers.
//
//   node network.mjs [--plc-port N] [--pds-port N] [--ctl-port N] [--access-ttl=SECONDS] [--rate-limits]
//                    [--dir DIR] [--exit-with-stdin]
//
// Prints one line of JSON as soon as all three are ready: pdsUrl, plcUrl, ctlUrl, adminPassword, serviceDid, pid and others.
// Exits on SIGTERM, SIGINT or POST /stop, and with --exit-with-stdin also when standard input closes. README.md lists the routes.
import fs from 'node:fs/promises'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  options: {
    'plc-port': { type: 'string', default: '0' },
    'pds-port': { type: 'string', default: '0' },
    'ctl-port': { type: 'string', default: '0' },
    'access-ttl': { type: 'string' },
    'rate-limits': { type: 'boolean', default: false },
    dir: { type: 'string' },
    'exit-with-stdin': { type: 'boolean', default: false },
  },
})

const JWT_SECRET = 'reference-jwt-secret'
const ADMIN_PASSWORD = 'reference-admin-password'
// Nothing listens on the discard port, so calls that the PDS forwards to an AppView fail at once.
const NOWHERE = 'http://localhost:9'

// A mistake by the caller of the control server or of this script.
class BadRequest extends Error {}

// ---- Shutdown. Registered first, so that nothing keeps running even if the parent dies during the start.

const cleanups = []
let stopping = false

async function stop(exitCode = 0) {
  if (stopping) return
  stopping = true
  // A client that keeps a connection open must not keep the process alive.
  setTimeout(() => process.exit(exitCode), 5000).unref()
  for (const cleanup of cleanups.reverse()) {
    await Promise.resolve(cleanup()).catch((error) => console.error('while stopping:', error))
  }
  process.exit(exitCode)
}

process.on('SIGTERM', () => stop())
process.on('SIGINT', () => stop())
if (options['exit-with-stdin']) {
  // A killed JVM runs no shutdown hooks, but its end of the pipe still closes.
  for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => stop())
  process.stdin.resume()
}

// ---- The lifetime of access tokens. It is always two hours in the PDS, and a refresh test can't wait that long.

// By default, the PDS logs each request, with data that a test must not print. Set this before the import that reads it.
process.env.LOG_ENABLED ??= 'false'

function homeOfJose(importer) {
  return createRequire(importer).resolve('jose').split('/dist/')[0]
}
if (homeOfJose(import.meta.url) !== homeOfJose(import.meta.resolve('@atproto/pds'))) {
  throw new Error('the PDS has its own copy of jose: --access-ttl would silently do nothing')
}
const jose = await import('jose')

let accessTtl = options['access-ttl'] === undefined ? null : seconds(options['access-ttl'])
const setExpirationTime = jose.SignJWT.prototype.setExpirationTime
jose.SignJWT.prototype.setExpirationTime = function (time) {
  const shortened = accessTtl !== null && this._protectedHeader?.typ === 'at+jwt'
  return setExpirationTime.call(this, shortened ? nowInSeconds() + accessTtl : time)
}

// ---- Starting the servers.

const plcModule = await import('@did-plc/server')
const { PlcServer, Database } = plcModule.default ?? plcModule
const { PDS } = await import('@atproto/pds')

const plcPort = await portOrFree(options['plc-port'])
const plc = PlcServer.create({ db: Database.mock(), port: plcPort })
onLoopbackOnly(plc.app)
await plc.start()
cleanups.push(() => plc.destroy())
// Use a host name. The PDS refuses to fetch from an IP address, and then silently leaves didDoc out of its sessions.
const plcUrl = `http://localhost:${plcPort}`

const dir = options.dir ?? (await temporaryDir())
const pdsPort = await portOrFree(options['pds-port'])
const pdsUrl = `http://127.0.0.1:${pdsPort}`
const { oauthClientMetadataSchema } = await import('@atproto/oauth-types')
const mails = []
let slowRotation = { ms: 0, when: 'before' }
// The port and the data of a second PDS, which only some tests need.
let second

let pds = await startPds(pdsPort, dir)
cleanups.push(() => pds.destroy())

async function startPds(port, folder) {
  await fs.mkdir(path.join(folder, 'data'), { recursive: true })
  const started = await PDS.fromEnv({
    devMode: true,
    hostname: 'localhost',
    port,
    dataDirectory: path.join(folder, 'data'),
    blobstoreDiskLocation: path.join(folder, 'blobs'),
    didPlcUrl: plcUrl,
    plcRotationKeyK256PrivateKeyHex: '11'.repeat(32),
    serviceHandleDomains: ['.test'],
    inviteRequired: false,
    jwtSecret: JWT_SECRET,
    adminPassword: ADMIN_PASSWORD,
    enableDidDocWithSession: true,
    disableSsrfProtection: true,
    rateLimitsEnabled: options['rate-limits'],
    // Only the names and logos of these are shown to users.
    trustedOAuthClients: ['https://trusted.example.com/oauth-client-metadata.json'],
    bskyAppViewUrl: NOWHERE,
    bskyAppViewDid: 'did:example:nowhere',
    modServiceUrl: NOWHERE,
    modServiceDid: 'did:example:nowhere',
  })
  onLoopbackOnly(started.app)
  // There is no DNS for .test, so handles are resolved by asking the first PDS, as if it were the handle's host.
  started.ctx.idResolver.handle.resolve = (handle) => didOfHandle(handle)
  const { transporter } = started.ctx.mailer
  const sendMail = transporter.sendMail.bind(transporter)
  transporter.sendMail = (mail) => {
    const { to, subject, text, html } = mail
    mails.push({ to, subject, text, html })
    return sendMail(mail)
  }
  controlOAuth(started.ctx.oauthProvider)
  await started.start()
  return started
}

const rotations = []

// Sets the caches and clocks of the OAuth provider, whose code is unchanged.
function controlOAuth({ tokenManager }) {
  // As with passwords: only the token itself expires earlier; its session and the response are unchanged.
  const { signer, store } = tokenManager
  const createAccessToken = signer.createAccessToken.bind(signer)
  signer.createAccessToken = (claims) =>
    createAccessToken(accessTtl === null ? claims : { ...claims, exp: nowInSeconds() + accessTtl })
  const rotateToken = store.rotateToken.bind(store)
  store.rotateToken = async (...rotation) => {
    const { ms, when } = slowRotation
    if (when === 'before') await delay(ms)
    const rotated = await rotateToken(...rotation)
    const [, tokenId, , { updatedAt }] = rotation
    const { did } = await database().selectFrom('token').select('did').where('tokenId', '=', tokenId).executeTakeFirstOrThrow()
    rotations.push({ did, at: updatedAt })
    if (when === 'after') await delay(ms)
    return rotated
  }
}

// ---- The control server.

const database = () => pds.ctx.accountManager.db.db
const provider = () => pds.ctx.oauthProvider

const routes = {
  'GET /info': () => info,
  'GET /mem': () => process.memoryUsage(),
  'GET /mail': () => mails,
  'GET /refresh-tokens': () => database().selectFrom('refresh_token').selectAll().execute(),
  'POST /access-ttl': (body) => {
    accessTtl = body.seconds == null ? null : seconds(body.seconds)
    return { seconds: accessTtl }
  },
  'POST /sign': async (body) => ({ jwt: await sign(body) }),
  'POST /refresh-expiry': moveRefreshExpiry,
  'GET /oauth/tokens': async () => ({
    tokens: await database().selectFrom('token').selectAll().execute(),
    used: await database().selectFrom('used_refresh_token').selectAll().execute(),
  }),
  'GET /oauth/rotations': () => rotations,
  'POST /oauth/client': publishClient,
  'POST /oauth/forget-client': async (body) => {
    await provider().clientManager.metadataGetter.delStored(required(body, 'clientId').clientId)
    return {}
  },
  'POST /oauth/token-max-age': (body) => {
    provider().tokenManager.tokenMaxAge = seconds(body.seconds) * 1000
    return {}
  },
  'POST /oauth/age': ageTokens,
  'POST /oauth/new-nonces': () => {
    const { dpopManager } = provider()
    dpopManager.dpopNonce = new dpopManager.dpopNonce.constructor()
    return {}
  },
  'POST /oauth/slow-rotation': (body) => {
    const { ms, when } = required(body, 'ms', 'when')
    if (when !== 'before' && when !== 'after') throw new BadRequest(`"when" is neither before nor after: ${when}`)
    slowRotation = { ms: Number(ms), when }
    return {}
  },
  'POST /restart': async () => {
    await pds.destroy()
    pds = await startPds(pdsPort, dir)
    return {}
  },
  'POST /max-subscription-buffer': (body) => {
    const { events } = required(body, 'events')
    pds.ctx.cfg.subscription.maxBuffer = Number(events)
    return {}
  },
  'POST /age-events': ageEvents,
  'POST /migrate': async (body) => {
    const { did, password } = required(body, 'did', 'password')
    second ??= await startSecond()
    await migrate(did, password)
    return { pdsUrl: second.url }
  },
  'POST /stop': () => {
    setImmediate(stop)
    return {}
  },
}

// A token as the PDS would sign it, or with one error. It expires in `exp` seconds, or has already expired if `exp` is negative.
function sign(body) {
  const { did, scope = 'com.atproto.access', typ = 'at+jwt', exp = 7200, aud = 'did:web:localhost', jti, secret = JWT_SECRET } = body
  required(body, 'did')
  const now = nowInSeconds()
  const claims = { scope, sub: did, aud, iat: now, exp: now + seconds(exp), ...(jti === undefined ? {} : { jti }) }
  return new jose.SignJWT(claims).setProtectedHeader({ typ, alg: 'HS256' }).sign(new TextEncoder().encode(secret))
}

// For a used refresh token, this is the end of its grace period.
async function moveRefreshExpiry(body) {
  const { id, expiresAt } = required(body, 'id', 'expiresAt')
  const result = await database().updateTable('refresh_token').set({ expiresAt }).where('id', '=', id).executeTakeFirst()
  if (Number(result.numUpdatedRows) === 0) throw new BadRequest('no such refresh token')
  return {}
}

// A document can't be fetched from an https client_id here, so put it into the cache of fetched documents for 10 minutes.
async function publishClient(body) {
  const { metadata } = required(body, 'metadata')
  const { clientManager } = provider()
  const parsed = oauthClientMetadataSchema.safeParse(metadata)
  if (!parsed.success) throw new BadRequest(parsed.error.message)
  const valid = clientManager.validateClientMetadata(metadata.client_id, parsed.data)
  await clientManager.metadataGetter.setStored(metadata.client_id, valid)
  return {}
}

// Sets the timestamps of all the account's OAuth sessions.
async function ageTokens(body) {
  const { did, createdAt, updatedAt, expiresAt } = required(body, 'did')
  const times = Object.entries({ createdAt, updatedAt, expiresAt }).filter(([, time]) => time !== undefined)
  const result = await database().updateTable('token').set(Object.fromEntries(times)).where('did', '=', did).executeTakeFirst()
  if (Number(result.numUpdatedRows) === 0) throw new BadRequest(`no OAuth session of ${did}`)
  return {}
}

// Moves events out of the time for which subscribers can still get them, which is a day.
async function ageEvents(body) {
  const { to } = required(body, 'to')
  const sequencedAt = new Date(Date.now() - 48 * 60 * 60 * 1000).toISOString()
  await pds.ctx.sequencer.db.db.updateTable('repo_seq').set({ sequencedAt }).where('seq', '<=', Number(to)).execute()
  return {}
}

async function startSecond() {
  const port = await portOrFree('0')
  const other = await startPds(port, path.join(dir, 'second'))
  cleanups.push(() => other.destroy())
  return { url: `http://localhost:${port}` }
}

// Moves an account to the second PDS, by the public API as a user's tool does. The directory's operation is signed with the
// rotation key of the servers, so that no mail is needed.
async function migrate(did, password) {
  const [from, to] = [pdsUrl, second.url].map((url) => `${url}/xrpc/com.atproto.`)
  const old = await xrpc('POST', `${from}server.createSession`, null, { identifier: did, password })
  const service = new URLSearchParams({ aud: info.serviceDid, lxm: 'com.atproto.server.createAccount' })
  const { token } = await xrpc('GET', `${from}server.getServiceAuth?${service}`, old.accessJwt)
  const { handle, email } = old
  const created = await xrpc('POST', `${to}server.createAccount`, token, { did, handle, email, password })
  const repo = await fetch(`${from}sync.getRepo?did=${did}`)
  await xrpc('POST', `${to}repo.importRepo`, created.accessJwt, Buffer.from(await repo.arrayBuffer()))
  const wanted = await xrpc('GET', `${to}identity.getRecommendedDidCredentials`, created.accessJwt)
  const { verificationMethods, services } = wanted
  const { plcClient, plcRotationKey } = pds.ctx
  await plcClient.updateData(did, plcRotationKey, (last) => ({ ...last, verificationMethods, services }))
  await xrpc('POST', `${to}server.activateAccount`, created.accessJwt)
  await xrpc('POST', `${from}server.deactivateAccount`, old.accessJwt, {})
}

async function xrpc(method, url, token, body) {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` }
  if (body !== undefined) headers['content-type'] = Buffer.isBuffer(body) ? 'application/vnd.ipld.car' : 'application/json'
  const response = await fetch(url, {
    method,
    headers,
    body: body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).pathname} returned ${response.status}: ${text}`)
  return text === '' ? {} : JSON.parse(text)
}

const control = http.createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body) + '\n')
  try {
    const route = routes[`${request.method} ${request.url}`]
    const text = await textOf(request)
    if (!route) return answer(404, { error: `no route ${request.method} ${request.url}` })
    answer(200, await route(text === '' ? {} : parseJson(text)))
  } catch (error) {
    if (error instanceof BadRequest) return answer(400, { error: error.message })
    console.error(error)
    answer(500, { error: String(error) })
  }
})
await new Promise((resolve, reject) => {
  control.on('error', reject)
  control.listen(Number(options['ctl-port']), '127.0.0.1', resolve)
})
cleanups.push(() => {
  control.close()
  control.closeIdleConnections()
})

const info = {
  pdsUrl,
  plcUrl,
  ctlUrl: `http://127.0.0.1:${control.address().port}`,
  adminPassword: ADMIN_PASSWORD,
  jwtSecret: JWT_SECRET,
  serviceDid: pds.ctx.cfg.service.did,
  dir,
  pid: process.pid,
  node: process.version,
}
console.log(JSON.stringify(info))

// ---- Utilities.

function required(body, ...names) {
  for (const name of names) if (body[name] === undefined) throw new BadRequest(`"${name}" is missing`)
  return body
}

function seconds(value) {
  const number = Number(value)
  if (!Number.isInteger(number)) throw new BadRequest(`not a whole number of seconds: ${value}`)
  return number
}

function parseJson(text) {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadRequest(`the body is not JSON: ${error.message}`)
  }
}

function delay(ms) {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined
}

function nowInSeconds() {
  return Math.floor(Date.now() / 1000)
}

async function textOf(stream) {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) text += chunk
  return text
}

async function portOrFree(option) {
  if (Number(option) !== 0) return Number(option)
  const server = http.createServer()
  await new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

// Both servers call app.listen(port), which would listen on all network interfaces.
function onLoopbackOnly(app) {
  const listen = app.listen // also accepts WebSockets
  app.listen = (port, ...rest) => listen.call(app, port, '127.0.0.1', ...rest)
}

async function temporaryDir() {
  const root = path.join(import.meta.dirname, 'run')
  await fs.mkdir(root, { recursive: true })
  const created = await fs.mkdtemp(path.join(root, 'pds-'))
  cleanups.push(() => fs.rm(created, { recursive: true, force: true }))
  return created
}

async function didOfHandle(handle) {
  const response = await new Promise((resolve) => {
    http
      .get(`${pdsUrl}/.well-known/atproto-did`, { headers: { host: handle } }, resolve)
      .on('error', () => resolve(undefined))
  })
  if (!response) return undefined
  const text = await textOf(response)
  return response.statusCode === 200 ? text : undefined
}
