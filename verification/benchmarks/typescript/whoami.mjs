// The equivalent of `atlex whoami` with the TypeScript packages:  node whoami.mjs SESSION.json     Needs ./lexicons.
import { readFileSync } from 'node:fs'
import { Client } from '@atproto/lex'
import { PasswordSession } from '@atproto/lex-password-session'
import getSession from './lexicons/com/atproto/server/getSession.ts'

const session = new PasswordSession(JSON.parse(readFileSync(process.argv[2], 'utf8')))
const { did, handle } = await new Client(session).call(getSession)
console.log(JSON.stringify({ did, handle }))
