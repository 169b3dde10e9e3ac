// A Bluesky network on loopback for tests: PLC directory, PDS, bsync, AppView, Ozone and a small control server in this
// process, with their own PostgreSQL and Redis as child processes.
//
//   node network.mjs [--exit-with-stdin]
//
// Prints one line of JSON as soon as all are ready: pdsUrl, plcUrl, appViewUrl, ozoneUrl, labelerDid, ctlUrl, pid. Exits on
// SIGTERM or SIGINT, and with --exit-with-stdin also when standard input closes. README.md lists the control server's routes.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({ options: { 'exit-with-stdin': { type: 'boolean', default: false } } })
const home = import.meta.dirname
const root = process.getuid?.() === 0

// Registered first, so that nothing keeps running even if the parent dies during the start.
const cleanups = []
let stopping = false

async function stop(exitCode = 0) {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(exitCode), 8000).unref()
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

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

async function untilReady(what, port, child) {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error(`${what} ended with ${child.exitCode}`)
    if (await accepts(port)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${what} isn't ready after 30 s`)
}

// A shell that stops the server as soon as standard input closes, which works even if this process is killed.
function spawnServer(command, stopSignal) {
  const script = `"$@" </dev/null & server=$!; { cat >/dev/null; kill -${stopSignal} $server; } <&3 & wait $server`
  const child = spawn('sh', ['-c', script, 'sh', ...command], { stdio: ['ignore', 2, 2, 'pipe'] })
  cleanups.push(() => {
    if (child.exitCode !== null) return
    return new Promise((resolve) => {
      child.on('exit', resolve)
      child.stdio[3].end()
    })
  })
  return child
}

// PostgreSQL refuses to run as root.
const asPostgres = root ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--'] : []

async function startPostgres() {
  const bin = fs.readFileSync(path.join(home, 'postgres-bin'), 'utf8').trim()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atlex-appview-'))
  cleanups.push(() => fs.rmSync(folder, { recursive: true, force: true }))
  if (root) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres']).stdout))
    fs.chownSync(folder, uid, gid)
  }
  const data = path.join(folder, 'data')
  const initdb = [...asPostgres, path.join(bin, 'initdb'), '--auth=trust', '--username=postgres', '--no-sync', '--pgdata', data]
  const made = spawnSync(initdb[0], initdb.slice(1), { cwd: folder })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', synchronous_commit: 'off', max_connections: 200 }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawnServer([...asPostgres, path.join(bin, 'postgres'), '-D', data, ...flags], 'INT')
  await untilReady('PostgreSQL', port, child)
  return `postgresql://postgres@127.0.0.1:${port}/postgres`
}

async function startRedis() {
  const port = await freePort()
  const child = spawnServer(['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', os.tmpdir()], 'TERM')
  await untilReady('Redis', port, child)
  return `127.0.0.1:${port}`
}

async function readJson(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString())
}

let TestNetwork, TestOzone
// The options that Ozone was started with. A restart needs the same keys and database.
let ozoneConfig

// Operations for tests that no public API offers.
const routes = {
  // Returns when the AppView has indexed everything that the PDS has accepted so far.
  'POST /index': async (network) => {
    await network.pds.processAll()
    await network.bsky.bsyncSub.processAll(await network.bsync.getStreamHeads())
    await network.processFullSubscription()
    // The records are indexed now. This waits for the work that they cause: counts and notifications.
    await network.bsky.sub.processAll()
    return {}
  },
  'POST /label': async (network, { uri, cid, val, neg }) => {
    const label = { src: network.ozone.ctx.cfg.service.did, uri, cid: cid ?? '', val, neg: neg ?? false, cts: new Date().toISOString() }
    await network.bsky.db.db.insertInto('label').values(label).execute()
    return {}
  },
  'POST /moderator': async (network, { did }) => {
    await network.ozone.addModeratorDid(did)
    return {}
  },
  'POST /restart-ozone': async (network) => {
    const { port } = network.ozone
    const verifierPassword = network.ozone.daemon.ctx.cfg.verifier?.password
    await network.ozone.close()
    network.ozone = await TestOzone.create({ ...ozoneConfig, port, verifierPassword })
    return {}
  },
}

function startControl(network) {
  const server = http.createServer(async (request, response) => {
    const reply = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    try {
      const route = routes[`${request.method} ${request.url}`]
      if (!route) return reply(404, { error: 'no such route' })
      reply(200, await route(network, await readJson(request)))
    } catch (error) {
      reply(500, { error: String(error?.stack ?? error) })
    }
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

try {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  process.env.DB_POSTGRES_URL = postgres
  process.env.REDIS_HOST = redis
  process.env.LOG_ENABLED ??= 'false'
  // Imported late, because the packages read the environment when they are loaded.
  ;({ TestNetwork, TestOzone } = await import('@atproto/dev-env'))
  const createOzone = TestOzone.create
  TestOzone.create = (config) => {
    ozoneConfig = config
    return createOzone.call(TestOzone, config)
  }
  const network = await TestNetwork.create({ dbPostgresUrl: postgres, dbPostgresSchema: 'atlex' })
  cleanups.push(() => Promise.race([network.close(), new Promise((resolve) => setTimeout(resolve, 3000))]))
  const control = await startControl(network)
  console.log(
    JSON.stringify({
      pdsUrl: network.pds.url,
      plcUrl: network.plc.url,
      appViewUrl: network.bsky.url,
      ozoneUrl: network.ozone.url,
      labelerDid: network.ozone.ctx.cfg.service.did,
      ctlUrl: `http://127.0.0.1:${control.address().port}`,
      pid: process.pid,
    }),
  )
} catch (error) {
  console.error(error)
  await stop(1)
}
