// Resumes a stored session with the TypeScript package, which refreshes it, asks the server for its account, and stores it:
//   node ts-resume.mjs SESSION.json
// Prints {"handle","did"} as returned by com.atproto.server.getSession. Never prints a token.
import fs from 'node:fs'
import { PasswordSession } from '@atproto/lex-password-session'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: ts-resume.mjs SESSION.json')
  process.exit(2)
}

const session = await PasswordSession.resume(JSON.parse(fs.readFileSync(file, 'utf8')), {
  onUpdated: (data) => fs.writeFileSync(file, JSON.stringify(data, null, 2), { mode: 0o600 }),
})
const response = await session.fetchHandler('/xrpc/com.atproto.server.getSession', { method: 'GET' })
if (!response.ok) {
  console.error(`getSession: ${response.status} ${await response.text()}`)
  process.exit(1)
}
const { handle, did } = await response.json()
console.log(JSON.stringify({ handle, did }))
