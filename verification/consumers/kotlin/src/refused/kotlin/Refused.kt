package com.example.consumer

import app.bsky.actor.ActorDefs
import app.bsky.feed.GetTimeline
import dev.atlex.bluesky.Posted
import dev.atlex.client.Client
import dev.atlex.syntax.AtUri
import dev.atlex.syntax.RecordKey

// Each function has one null-safety error, in the marked line. check.sh verifies that the compiler rejects all of them.

fun generatedAccessor(profile: ActorDefs.ProfileViewDetailed): String =
    profile.displayName() // refused

fun safeCall(page: GetTimeline.Output): Int =
    page.cursor().length // refused

fun accessorOfTheClient(client: Client): String =
    client.did().toString().plus(client.did().method()) // refused

fun accessorOfAnIdentifier(uri: AtUri): RecordKey =
    uri.recordKey() // refused

fun accessorOfAPost(posted: Posted): String =
    posted.cardFailure().toString().plus(posted.cardFailure().message) // refused

fun argument(): AtUri =
    AtUri.of(null) // refused
