// Makes moderation decisions with the TypeScript packages. Reads one line per subject, and writes one line for it:
//   {viewer, preferences, labelers, kind, subject}
//   [isMe, blocked, muted, causes, then per context: [filters, blurs, alerts, informs, noOverride]]
// A cause is a string that the test builds in the same way.
import { createInterface } from 'node:readline'
import {
  Agent,
  interpretLabelValueDefinitions,
  moderateFeedGenerator,
  moderateNotification,
  moderatePost,
  moderateProfile,
  moderateStatus,
  moderateUserList,
} from '@atproto/api'

const CONTEXTS = ['profileList', 'profileView', 'avatar', 'banner', 'displayName', 'contentList', 'contentView', 'contentMedia']
const MODERATORS = {
  post: moderatePost,
  profile: moderateProfile,
  status: moderateStatus,
  notification: moderateNotification,
  feedGenerator: moderateFeedGenerator,
  userList: moderateUserList,
}

/** Reads preferences as apps do, from a server that has nothing else. */
async function readPreferences(preferences) {
  const agent = new Agent(async () => Response.json({ preferences }))
  return (await agent.getPreferences()).moderationPrefs
}

function describe(cause) {
  const { source } = cause
  const parts = [cause.type, cause.priority, source.type, source.list?.uri ?? source.did ?? '', cause.downgraded ? 'quote' : '']
  if (cause.type === 'label') {
    const setting = cause.setting === 'hide' ? 'hide' : 'warn'
    parts.push(cause.label.val, cause.label.uri, cause.labelDef.definedBy ?? '', cause.target, setting, cause.noOverride)
  }
  for (const match of cause.matches ?? []) parts.push(match.word.value, match.predicate)
  return parts.join('|')
}

async function decide({ viewer, preferences, labelers, kind, subject }) {
  const decision = MODERATORS[kind](subject, {
    userDid: viewer ?? undefined,
    prefs: await readPreferences(preferences),
    labelDefs: Object.fromEntries(labelers.map((labeler) => [labeler.creator.did, interpretLabelValueDefinitions(labeler)])),
  })
  return [
    decision.isMe,
    decision.blocked,
    decision.muted,
    decision.causes.map(describe),
    ...CONTEXTS.map((context) => {
      const ui = decision.ui(context)
      return [...[ui.filters, ui.blurs, ui.alerts, ui.informs].map((causes) => causes.map(describe)), ui.noOverride]
    }),
  ]
}

process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const out = JSON.stringify(await decide(JSON.parse(line))) + '\n'
  if (!process.stdout.write(out)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
