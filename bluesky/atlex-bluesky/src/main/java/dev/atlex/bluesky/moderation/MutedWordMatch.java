package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.MutedWord;

/**
 * A muted word that a post contains.
 *
 * @param word the preference
 * @param text the word in the post that matches, in lowercase with its punctuation, or the muted word itself if it is a
 *     tag, a phrase, or part of a sentence without spaces
 */
public record MutedWordMatch(MutedWord word, String text) {}
