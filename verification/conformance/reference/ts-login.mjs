// Logs in with the TypeScript package and writes its session to a file, in the form in which apps store it:
//   node ts-login.mjs SERVICE IDENTIFIER PASSWORD OUT.json
// Prints {"handle","did"}. Never prints a token.
import fs from 'node:fs'
import { PasswordSession } from '@atproto/lex-password-session'

const [service, identifier, password, out] = process.argv.slice(2)
if (out === undefined) {
  console.error('usage: ts-login.mjs SERVICE IDENTIFIER PASSWORD OUT.json')
  process.exit(2)
}

const session = await PasswordSession.login({ service, identifier, password })
fs.writeFileSync(out, JSON.stringify(session.session, null, 2), { mode: 0o600 })
console.log(JSON.stringify({ handle: session.handle, did: session.did }))
